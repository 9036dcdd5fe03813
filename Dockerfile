# hanpan in a container: docker build -t hanpan . && docker run --rm -v .:/blog hanpan
#
# Pin the base by digest where you build for others:
# --build-arg BASE=debian:trixie-slim@sha256:...
ARG BASE=debian:trixie-slim

FROM ${BASE} AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates git python3 python3-pip python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY requirements.txt ./
# The lock: every package with its hash, and what builds the wheel.
RUN python3 -m venv /opt/hanpan \
    && /opt/hanpan/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements.txt
COPY . .
RUN /opt/hanpan/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-index --no-build-isolation . \
    && /opt/hanpan/bin/pip uninstall -y -q hatchling hatch-vcs setuptools-scm vcs-versioning setuptools editables pip \
    && /opt/hanpan/bin/python -m compileall -q /opt/hanpan/lib

FROM ${BASE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 python3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 hanpan \
    && chmod 1777 /home/hanpan
COPY --from=build /opt/hanpan /opt/hanpan
# A locale that every image has; LANG=ko_KR.UTF-8 makes messages Korean, installed or not.
ENV PATH=/opt/hanpan/bin:$PATH HOME=/home/hanpan LANG=C.UTF-8 PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /blog
USER hanpan
ENTRYPOINT ["hanpan"]
CMD ["build"]
