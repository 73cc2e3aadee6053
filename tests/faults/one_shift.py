"""A Celery worker of one process that works until nothing is due, then ends; each of its steps is its own to die at."""

from celery.apps.worker import Worker
from celery.signals import task_postrun
from celery.worker import state

from marketplace.celery import app

if __name__ == "__main__":

    @task_postrun.connect
    def end(**_: object) -> None:
        """The call is acknowledged after this, then the worker looks whether it shall stop."""
        state.should_stop = 0

    worker: Worker = app.Worker(pool="solo", loglevel="INFO", without_gossip=True, without_mingle=True)
    worker.start()
    raise SystemExit(worker.exitcode)
