# The shop of the production profile; web, worker and scheduler are the same image with another command.
# Build: docker build -t san-vat . ; what it needs to run stands in docker-compose.yml.

FROM node:24.9-bookworm-slim AS frontend
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY templates /templates
COPY frontend ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WEB_CONCURRENCY=3 \
    DJANGO_SETTINGS_MODULE=marketplace.settings.production
# pg_dump and pg_restore for `manage.py backup`; of the same version as the server in docker-compose.yml.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home shop && install -d -o shop -g shop /srv/shop/var /srv/data
WORKDIR /srv/shop
COPY --from=packages /venv /venv
COPY . .
COPY --from=frontend /build/dist frontend/dist
# The embedded profile needs no secret, and both profiles collect the same files.
RUN python tools/messages.py compile \
    && DJANGO_SETTINGS_MODULE=marketplace.settings.embedded SECRET_KEY=only-for-the-build ORDER_NUMBER_KEY=only-for-the-build \
       python manage.py collectstatic --noinput \
    && chown -R shop:shop var
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://localhost:8000/healthz', timeout=2)"]
# The rest stands in gunicorn.conf.py.
CMD ["gunicorn", "--bind=0.0.0.0:8000"]
