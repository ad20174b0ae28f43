FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/reelbot
COPY requirements.lock requirements-build.lock ./
RUN /opt/reelbot/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && pip install --no-cache-dir --require-hashes -r requirements-build.lock
COPY . .
RUN hatchling build --target wheel && /opt/reelbot/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin reelbot \
    && install --directory --owner reelbot --group reelbot --mode 0700 /data
COPY --from=build /opt/reelbot /opt/reelbot
ENV PATH=/opt/reelbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/reelbot.db \
    DATA_DIR=/data
USER 10001
WORKDIR /data
VOLUME /data
# Three long polls without a sign of life, seen twice in a row, is dead.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=2 CMD ["reelbot", "health"]
# An order on the wire may hold a stop up for STOP_GRACE_SECONDS, everything else for 6: stop with `--stop-timeout 40` (compose.yaml does).
STOPSIGNAL SIGTERM
CMD ["reelbot", "run"]
