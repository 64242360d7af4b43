// Command orchestrator lets the agents vote and decides.
package main

import (
	"context"
	"flag"
	"log"
	"os"

	"github.com/cryptofunk/sandbox/internal/config"
	"github.com/cryptofunk/sandbox/internal/db"
	"github.com/cryptofunk/sandbox/internal/orchestrator"
)

func main() {
	verify := flag.Bool("verify-keys", false, "check that everything needed answers, and end")
	flag.Parse()
	log.Print("Validating system configuration...")
	settings, err := config.Load("")
	if err != nil {
		log.Fatalf("load configuration: %v", err)
	}
	if err := config.ValidateProduction(); err != nil {
		log.Fatal(err)
	}
	pool, err := db.Open(context.Background())
	if err != nil {
		log.Fatalf("open database: %v", err)
	}
	log.Print("✓ System configuration validated successfully")
	if *verify {
		return
	}
	made := orchestrator.New(settings, pool, os.Getenv("CRYPTOFUNK_ORCHESTRATOR_METRICS_PORT"))
	made.MinConsensus = os.Getenv("CRYPTOFUNK_ORCHESTRATOR_MIN_CONSENSUS")
	made.Serve(endpoints(made))
}
