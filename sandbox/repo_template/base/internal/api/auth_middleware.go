package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// KeyStore finds a key by the digest that the database holds of it.
type KeyStore interface {
	Find(digest string) (valid bool, err error)
}

// AuthConfig says how a key is sent.
type AuthConfig struct {
	Enabled      bool
	HeaderName   string
	RequireHTTPS bool
}

// AuthMiddleware refuses whoever brings no valid key.
func AuthMiddleware(store KeyStore, config *AuthConfig) gin.HandlerFunc {
	return func(c *gin.Context) {
		if config.RequireHTTPS && !isSafe(c) {
			refuse(c, http.StatusForbidden, "HTTPS required for API access")
			return
		}
		key := keyOf(c, config.HeaderName)
		if key == "" {
			refuse(c, http.StatusUnauthorized, "API key required")
			return
		}
		digest := sha256.Sum256([]byte(key))
		valid, err := store.Find(hex.EncodeToString(digest[:]))
		if err != nil {
			refuse(c, http.StatusInternalServerError, "Authentication error")
			return
		}
		if !valid {
			refuse(c, http.StatusUnauthorized, "Invalid or expired API key")
		}
	}
}

func keyOf(c *gin.Context, header string) string {
	if key := c.GetHeader(header); key != "" {
		return key
	}
	return strings.TrimPrefix(c.GetHeader("Authorization"), "Bearer ")
}

func isSafe(c *gin.Context) bool {
	host := c.Request.Host
	local := strings.HasPrefix(host, "localhost") || strings.HasPrefix(host, "127.0.0.1")
	return local || c.Request.TLS != nil || c.GetHeader("X-Forwarded-Proto") == "https"
}

func refuse(c *gin.Context, status int, words string) {
	c.AbortWithStatusJSON(status, gin.H{"error": words})
}
