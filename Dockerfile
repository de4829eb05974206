# aligncheck with git, for jobs that run containers.  No network is needed at run time, and no root.
#
#   docker build -t aligncheck .
#   docker run --rm -v "$PWD:/work" aligncheck gate --changed-since origin/main
#
# ci/image.sh builds it and holds it to its promises: not root, at most 300 MB, the gate works.
ARG PYTHON=3.12-slim-bookworm

FROM python:${PYTHON} AS build
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
COPY . /source
# Tests, headers and stubs of libraries are for their developers.  Nobody may write beside the modules
# later, so they are compiled now.
RUN python -m venv --without-pip /opt/aligncheck \
    && python -m pip --python /opt/aligncheck install --quiet --no-cache-dir --no-compile /source \
    && cd /opt/aligncheck/lib/python3*/site-packages \
    && find . -type d -name tests -prune -exec rm -rf {} + \
    && find . \( -name '*.pyi' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.h' -o -name '*.a' \) -delete \
    && rm -rf numpy/f2py numpy/distutils \
    && (python -m compileall -q . || true)

FROM python:${PYTHON}
# The one program of git that the gate calls; the rest of the package, with its Perl, is left behind.
COPY --from=build /usr/bin/git /usr/bin/git
COPY --from=build /opt/aligncheck /opt/aligncheck
ENV PATH=/opt/aligncheck/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUTF8=1 \
    # The mounted folder belongs to somebody else; git would refuse to look into it.
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=*
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin aligncheck \
    && mkdir /work && chown aligncheck /work
USER 10001
WORKDIR /work
ENTRYPOINT ["aligncheck"]
CMD ["--help"]
