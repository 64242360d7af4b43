package config

import (
	"os"
	"unicode"
)

// VaultPath returns where the secrets of this installation are kept.
func VaultPath() string {
	mount, path := os.Getenv("VAULT_MOUNT_PATH"), os.Getenv("VAULT_SECRET_PATH")
	if mount == "" {
		mount = "secret"
	}
	if path == "" {
		path = "cryptofunk/production"
	}
	return mount + "/data/" + path
}

// IsStrong tells whether a password is long and mixed enough.
func IsStrong(password string) bool {
	var lower, upper, digit bool
	for _, r := range password {
		lower = lower || unicode.IsLower(r)
		upper = upper || unicode.IsUpper(r)
		digit = digit || unicode.IsDigit(r)
	}
	return len(password) >= 16 && lower && upper && digit
}
