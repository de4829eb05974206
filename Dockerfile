# aligncheck with git and a small shell, for jobs that run containers.  No network is needed at run time, and no root.
#
#   docker build -t aligncheck .
#   docker run --rm -v "$PWD:/work" aligncheck gate --changed-since origin/main
#
# ci/image.sh builds it and holds it to its promises: not root, at most 300 MB, the gate works.
ARG PYTHON=3.12-slim-bookworm

FROM python:${PYTHON} AS build
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends binutils busybox-static git \
    && rm -rf /var/lib/apt/lists/*
COPY . /source
# ci/image_root.py lays out what the image is made of; Debian itself, pip and the build tools stay behind.
RUN python -m venv --without-pip /opt/aligncheck \
    && python -m pip --python /opt/aligncheck install --quiet --no-cache-dir --no-compile /source \
    && python /source/ci/image_root.py /image /opt/aligncheck \
    && mkdir /empty

FROM scratch
COPY --from=build /image /
COPY --from=build --chown=10001:10001 /empty /work
ENV PATH=/opt/aligncheck/bin:/bin:/usr/bin \
    HOME=/tmp \
    LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUTF8=1 \
    # The mounted folder belongs to somebody else; git would refuse to look into it.
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=*
USER 10001
WORKDIR /work
ENTRYPOINT ["aligncheck"]
CMD ["--help"]
