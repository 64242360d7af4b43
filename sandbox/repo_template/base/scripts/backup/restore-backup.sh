#!/usr/bin/env bash
# Load a dump into an empty database: restore-backup.sh <file.sql.gz>

set -euo pipefail

gzip -dc "$1" | PGPASSWORD=$DATABASE_PASSWORD psql --quiet --set=ON_ERROR_STOP=1 --single-transaction \
  --host="$DATABASE_HOST" --port="${DATABASE_PORT:-5432}" --username="$DATABASE_USER" "$DATABASE_NAME"
