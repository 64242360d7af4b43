package main

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

const window = time.Minute

// limits holds a limiter for each kind of request.
type limits struct {
	global, read, order, search, control gin.HandlerFunc
}

func newLimits() limits {
	return limits{
		global: limit(100), read: limit(60), order: limit(30), search: limit(20), control: limit(10),
	}
}

// limit refuses a client that has asked more often than most times in a window.
func limit(most int) gin.HandlerFunc {
	var lock sync.Mutex
	seen := map[string][]time.Time{}
	return func(c *gin.Context) {
		lock.Lock()
		defer lock.Unlock()
		now := time.Now()
		recent := seen[c.ClientIP()]
		for len(recent) > 0 && now.Sub(recent[0]) >= window {
			recent = recent[1:]
		}
		if len(recent) >= most {
			wait := int(window.Seconds() - now.Sub(recent[0]).Seconds())
			c.Header("Retry-After", strconv.Itoa(max(1, wait)))
			c.AbortWithStatusJSON(http.StatusTooManyRequests, gin.H{"error": "rate limit exceeded", "retry_after": wait})
			return
		}
		seen[c.ClientIP()] = append(recent, now)
	}
}
