#!/usr/bin/env bash
# Dump the database into BACKUP_LOCAL_PATH: database-backup.sh [hourly|daily|weekly]

set -euo pipefail

type=${1:-hourly}
folder=${BACKUP_LOCAL_PATH:-/var/backups/cryptofunk}/$type/$(date +%Y%m%d)
file=$folder/cryptofunk_${type}_$(date +%Y%m%d_%H%M%S).sql.gz

mkdir -p "$folder"
PGPASSWORD=$DATABASE_PASSWORD pg_dump --host="$DATABASE_HOST" --port="${DATABASE_PORT:-5432}" \
  --username="$DATABASE_USER" "$DATABASE_NAME" | gzip >"$file.part"
mv "$file.part" "$file"
printf '{"backup_type": "%s", "backup_size_bytes": %s}\n' "$type" "$(stat -c %s "$file")" >"${file%.sql.gz}.meta.json"
