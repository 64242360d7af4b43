// Command migrate applies the migrations that are missing. It knows flags, not verbs.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/cryptofunk/sandbox/internal/db"
	"github.com/cryptofunk/sandbox/internal/migrations"
)

func main() {
	command := flag.String("command", "up", "up, or status")
	flag.Parse()
	pool, err := db.Open(context.Background())
	if err != nil {
		log.Fatalf("open database: %v", err)
	}
	if *command == "status" {
		log.Print(migrations.Status(pool))
		return
	}
	if err := migrations.Up(pool, "migrations"); err != nil {
		log.Fatalf("migrate: %v", err)
	}
}
