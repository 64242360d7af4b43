package risk

import "testing"

func TestEveryServiceHasLimits(t *testing.T) {
	for _, service := range []string{"exchange", "llm", "database"} {
		if Breakers[service].minRequests == 0 {
			t.Errorf("%s has no limits", service)
		}
	}
}
