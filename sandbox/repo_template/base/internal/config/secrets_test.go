package config

import "testing"

// The passwords of this table belong to nobody.
var strength = []struct {
	password string
	strong   bool
}{
	{"changeme", false},
	{"postgres", false},
	{"@FIXTURE_PASSWORD@", true},
}

func TestStrength(t *testing.T) {
	for _, row := range strength {
		if IsStrong(row.password) != row.strong {
			t.Errorf("the strength of a password is misjudged: want %v", row.strong)
		}
	}
}
