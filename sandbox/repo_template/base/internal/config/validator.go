package config

import (
	"errors"
	"os"
	"strings"
)

// ValidateProduction checks what must hold before the orchestrator starts in production.
func ValidateProduction() error {
	environment := os.Getenv("CRYPTOFUNK_APP_ENVIRONMENT")
	if environment != "production" && environment != "prod" {
		return nil
	}
	if os.Getenv("VAULT_ENABLED") != "true" || os.Getenv("VAULT_ADDR") == "" || os.Getenv("VAULT_AUTH_METHOD") == "" {
		return errors.New("production needs Vault")
	}
	if strings.Contains(os.Getenv("DATABASE_URL"), "sslmode=disable") {
		return errors.New("production needs an encrypted database connection")
	}
	if !strings.HasPrefix(os.Getenv("REDIS_URL"), "rediss://") {
		return errors.New("production needs an encrypted cache connection")
	}
	if len(os.Getenv("JWT_SECRET")) < 32 {
		return errors.New("production needs a JWT secret of 32 characters")
	}
	return nil
}
