package officecli

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestPlainHTTPStaysOnThisMachine(t *testing.T) {
	tests := []struct {
		name  string
		serve Serve
		tls   bool
		fine  bool
	}{
		{"this machine", Serve{Listen: "127.0.0.1:0"}, true, true},
		{"this machine, IPv6", Serve{Listen: "[::1]:0"}, true, true},
		{"this machine by name", Serve{Listen: "localhost:0"}, true, true},
		{"plain here", Serve{Listen: "127.0.0.1:0", Plain: true}, false, true},
		{"plain everywhere", Serve{Listen: ":8743", Plain: true}, false, false},
		{"everywhere without certificate", Serve{Listen: "0.0.0.0:8743"}, false, false},
		{"a name without certificate", Serve{Listen: "office.example:443"}, false, false},
		{"half a certificate", Serve{Listen: "127.0.0.1:0", Cert: "x"}, false, false},
		{"no port", Serve{Listen: "127.0.0.1"}, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.serve.Dir = t.TempDir()
			config, err := tt.serve.transport(time.Now())
			if (err == nil) != tt.fine || (config != nil) != tt.tls {
				t.Fatalf("%v, %v", config, err)
			}
		})
	}
}

// TestStopLetsRequestsFinish asks over TLS with the certificate that was written,
// and stops the server while it answers.
func TestStopLetsRequestsFinish(t *testing.T) {
	c := Serve{Folder: Folder{Dir: t.TempDir()}, Listen: "127.0.0.1:0"}
	config, err := c.transport(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	entered := make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-ctx.Done()
		io.WriteString(w, "finished")
	})
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, tls.NewListener(listener, config), slow, slog.New(slog.DiscardHandler)) }()
	go func() {
		<-entered
		stop()
	}()
	roots := x509.NewCertPool()
	text, err := os.ReadFile(filepath.Join(c.Dir, "loopback.crt"))
	if err != nil || !roots.AppendCertsFromPEM(text) {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	response, err := client.Get("https://" + listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || string(body) != "finished" {
		t.Fatalf("%q, %v", body, err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}
