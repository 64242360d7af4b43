module github.com/cryptofunk/sandbox

go 1.25

require (
	github.com/gin-contrib/cors v1.7.6
	github.com/gin-gonic/gin v1.11.0
	github.com/jackc/pgx/v5 v5.7.6
	github.com/nats-io/nats.go v1.47.0
	github.com/prometheus/client_golang v1.23.2
	github.com/redis/go-redis/v9 v9.16.0
	github.com/sony/gobreaker v1.0.0
	github.com/spf13/viper v1.21.0
)
