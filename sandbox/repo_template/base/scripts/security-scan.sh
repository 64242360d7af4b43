#!/usr/bin/env bash
# Look for secrets in the history and for known vulnerabilities in the modules.

set -euo pipefail

gitleaks git . --no-banner --redact
govulncheck ./...
