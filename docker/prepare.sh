#!/bin/sh
# Makes what the compose files need and nobody should choose by hand:
#
#   docker/.env         passwords and settings
#   docker/secrets/     the master key, EventStoreDB's password
#   docker/certs/       certificates of node1, node2 and node3
#
# What is there already is kept: a second master key would leave everything that the first one sealed unreadable.
# Afterwards fill in the three OIDC_… variables in docker/.env.
set -eu
umask 077
cd "$(dirname "$0")"

secret() { openssl rand -hex 24; }
value() { sed -n "s/^$1=//p" .env; }

if [ ! -f .env ]; then
  # The containers work as whoever owns the master key: they must be able to read it, and nobody else.
  if [ "$(id -u)" = 0 ]; then user=1000 group=1000; else user=$(id -u) group=$(id -g); fi
  cat >.env <<END
# Made by docker/prepare.sh. Holds secrets: mode 600, in no backup of the events.
FORLOP_UID=$user
FORLOP_GID=$group
# Where the service is reached on this machine. Put TLS before it.
FORLOP_PUBLISH=127.0.0.1:8080
POSTGRES_PASSWORD=$(secret)
FORLOP_OWNER_PASSWORD=$(secret)
FORLOP_SERVICE_PASSWORD=$(secret)
FORLOP_PROJECTOR_PASSWORD=$(secret)
FORLOP_KEYSTORE_PASSWORD=$(secret)
EVENTSTORE_ADMIN_PASSWORD=$(secret)
EVENTSTORE_OPS_PASSWORD=$(secret)

# Who issues the tokens. The development issuer serves one machine only, and not a container.
OIDC_ISSUER=
OIDC_AUDIENCE=
OIDC_JWKS_URL=
END
  echo 'made docker/.env: fill in OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL'
fi

mkdir -p secrets
if [ ! -f secrets/master.key ]; then
  openssl rand 32 >secrets/master.key
  echo 'made docker/secrets/master.key: keep a copy in a safe, apart from every backup'
fi
value EVENTSTORE_ADMIN_PASSWORD >secrets/eventstore-password
if [ "$(id -u)" = 0 ]; then chown "$(value FORLOP_UID):$(value FORLOP_GID)" secrets/*; fi

sh ./certificates.sh certs node1 node2 node3
