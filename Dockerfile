# The action's image: a Java runtime with only the modules that the program needs, its jars, and a cache of what the
# program loads and links when it starts (JEP 483, 514, 515). Builds with the classic builder too.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src

# Without the sources this fetches all that Maven needs, once for every change of pom.xml.
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package 

COPY src/main src/main
COPY build/image build/image
RUN ./mvnw -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package
RUN build/image/assemble /opt/session-relay

FROM debian:bookworm-slim
# Nothing is ever installed here. The list of the packages stays, for those who scan images.
RUN rm -rf /usr/bin/apt* /usr/bin/dpkg* /usr/sbin/dpkg* /usr/lib/apt /usr/lib/dpkg /etc/apt /var/lib/apt /var/cache/apt
COPY --from=build /opt/session-relay /opt/session-relay

# A runner hands a job's whole environment to the container. `env` takes out what would change how Java starts, without
# a shell, which would drop variables such as INPUT_SESSION-ID. Java names files beyond ASCII only in a UTF-8 locale.
ENTRYPOINT ["/usr/bin/env", "-u", "JAVA_TOOL_OPTIONS", "-u", "JDK_JAVA_OPTIONS", "-u", "_JAVA_OPTIONS", "-u", "CLASSPATH", \
    "-u", "LD_PRELOAD", "-u", "LD_LIBRARY_PATH", "LC_ALL=C.UTF-8", "/opt/session-relay/bin/java", "@/opt/session-relay/options"]

ARG VERSION=0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Session Relay" \
    org.opencontainers.image.description="Carries a Claude Code conversation from one machine to another" \
    org.opencontainers.image.licenses="MIT" \
    org.opencontainers.image.base.name="debian:bookworm-slim" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
