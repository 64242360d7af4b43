#!/usr/bin/env bash
# Send one synthetic alert through Alertmanager's second API.

set -euo pipefail

curl --fail --silent --show-error --header 'Content-Type: application/json' \
  --data '[{"labels": {"alertname": "ReadinessSyntheticTest", "severity": "info"}}]' \
  "${ALERTMANAGER_URL:-http://localhost:9093}/api/v2/alerts"
