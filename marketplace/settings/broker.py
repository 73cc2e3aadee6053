"""How Celery uses the broker, Redis or RabbitMQ; it only wakes workers up, as what is to be done stands in a table."""

from typing import Any

from kombu.entity import Queue

# Looking for a broker must not hold a page; in seconds.
PATIENCE_SECONDS = 1
# Redis gives a call back that nobody acknowledged for so long; longer than any task.
VISIBILITY_SECONDS = 600
# RabbitMQ drops a call whose worker died so often; the job counts its own losses.
DELIVERY_LIMIT = 5
# The caller's own breaker decides when to try again.
_ONE_TRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0}


def celery_settings(url: str, *, lease_seconds: int) -> dict[str, Any]:
    """Django settings `CELERY_...` for a broker's address; none without one.

    A task ends before the lease of the job in its hand does, so that no job runs twice at once.
    """
    if not url:
        return {}
    options, queue = _rabbitmq() if url.startswith("amqp") else _redis()
    settings = {
        "broker_url": url,
        "broker_transport_options": options | _ONE_TRY,
        "broker_connection_timeout": PATIENCE_SECONDS,
        "broker_connection_retry_on_startup": True,
        "task_queues": [queue],
        "task_default_queue": queue.name,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_acks_on_failure": True,
        "task_acks_on_timeout": False,
        "task_ignore_result": True,
        "task_soft_time_limit": lease_seconds * 4 // 5,
        "task_time_limit": lease_seconds,
        "task_serializer": "json",
        "accept_content": ["json"],
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 1000,
        "worker_soft_shutdown_timeout": float(lease_seconds),
        "worker_enable_soft_shutdown_on_idle": True,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        "worker_hijack_root_logger": False,
    }
    return {f"CELERY_{name.upper()}": value for name, value in settings.items()}


def _redis() -> tuple[dict[str, Any], Queue]:
    timeouts = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
    # Unless told, kombu looks for calls to give back only every tenth time, once in 100 s.
    return {"visibility_timeout": VISIBILITY_SECONDS, "unacked_restore_throttle": 1, **timeouts}, Queue("jobs")


def _rabbitmq() -> tuple[dict[str, Any], Queue]:
    arguments = {"x-queue-type": "quorum", "x-delivery-limit": DELIVERY_LIMIT}
    # Without confirmation a closing channel may drop what was sent to a quorum queue.
    return {"confirm_publish": True}, Queue("jobs", queue_arguments=arguments)
