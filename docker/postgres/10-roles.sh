#!/bin/bash
# Run once by the PostgreSQL image, on an empty volume: the four roles and two databases of
# docs/how-to/external-postgresql.md. The passwords come from the environment (docker/prepare.sh makes them).
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner="$FORLOP_OWNER_PASSWORD" --set service="$FORLOP_SERVICE_PASSWORD" \
  --set projector="$FORLOP_PROJECTOR_PASSWORD" --set keystore="$FORLOP_KEYSTORE_PASSWORD" <<'SQL'
create role forlop_owner login password :'owner';
create role forlop_service login password :'service';
create role forlop_projector login password :'projector';
create role forlop_keystore login password :'keystore';

create database forlop owner forlop_owner encoding 'UTF8' template template0;
revoke all on database forlop from public;
grant connect on database forlop to forlop_service, forlop_projector;

create database forlop_keys owner forlop_keystore encoding 'UTF8' template template0;
revoke all on database forlop_keys from public;
SQL
