package officecli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"cairn/app"
	"cairn/blueprint"
	"cairn/door/api"
	"cairn/door/login"
	"cairn/door/web"
)

// Serve answers over HTTPS until it is told to stop.
type Serve struct {
	Folder
	Printed
	Listen string `help:"Address and port to listen on." default:"127.0.0.1:8743" placeholder:"HOST:PORT"`
	Cert   string `help:"Certificate chain of the address, PEM." type:"existingfile" placeholder:"FILE"`
	Key    string `help:"The certificate's key, PEM." type:"existingfile" placeholder:"FILE"`
	Plain  bool   `help:"Plain HTTP, on this machine only: for a proxy that does TLS itself."`
}

// Help says when a certificate is needed.
func (Serve) Help() string {
	return `Opens the office and answers over HTTPS: the console for people, and the API for programs
under /api/, described by /api/openapi.json.
On an address of this machine only (127.0.0.1, ::1, localhost) a certificate is made at
the start and its public half written to loopback.crt in the office's folder; any other
address needs --cert and --key, because passwords would travel in the clear.
Stop it with Ctrl-C or SIGTERM: requests under way are finished first.

Examples:
  cairn serve
  curl --cacert office/loopback.crt -u ana https://127.0.0.1:8743/api/views/offices.staff
  cairn serve --listen :443 --cert office.example.crt --key office.example.key`
}

// Run serves until a signal.
func (c *Serve) Run(out, errOut io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	config, err := c.transport(time.Now())
	if err != nil {
		return err
	}
	o, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer o.Close()
	log := slog.New(slog.NewTextHandler(errOut, nil))
	h, err := handler(o, log, config != nil)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen (is another program on this port? choose one with --listen): %w", err)
	}
	scheme := "http"
	if config != nil {
		listener, scheme = tls.NewListener(listener, config), "https"
	}
	address := fmt.Sprintf("%s://%s/", scheme, listener.Addr())
	err = c.print(out, struct {
		Office  string `json:"office"`
		Address string `json:"address"`
	}{o.Code(), address}, "Office %s answers at %s\n", o.Code(), address)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(ctx, listener, h, log)
}

// handler joins what the office answers: every door that speaks HTTP is mounted here.
func handler(o *app.Office, log *slog.Logger, secure bool) (http.Handler, error) {
	desk, err := login.New(o, login.Options{})
	if err != nil {
		return nil, err
	}
	forPrograms, err := api.New(o, api.Options{Desk: desk, Log: log})
	if err != nil {
		return nil, err
	}
	console, err := web.New(web.Config{Office: o, Desk: desk, Secure: secure, Log: log})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", forPrograms)
	mux.Handle("/", console)
	return mux, nil
}

const (
	readLimit  = 2 * time.Minute  // a list of 32 MB over a slow line
	writeLimit = 30 * time.Minute // the longest action: a plan for a whole season
	stopLimit  = 30 * time.Second
)

// serve answers until the context ends, then lets requests under way finish.
func serve(ctx context.Context, listener net.Listener, h http.Handler, log *slog.Logger) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: readLimit,
		WriteTimeout: writeLimit, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		// The server's own messages hold addresses of those who ask: they are not kept.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("answer requests: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping", "within", stopLimit)
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("stop (what was recorded stands): %w", err), server.Close())
	}
	log.Info("stopped")
	return nil
}

// transport gives the TLS configuration, nil for plain HTTP on this machine.
func (c *Serve) transport(now time.Time) (*tls.Config, error) {
	local := loopback(c.Listen)
	switch {
	case (c.Cert == "") != (c.Key == ""):
		return nil, blueprint.Refuse(blueprint.Invalid, "--cert and --key belong together")
	case c.Cert != "" && c.Plain:
		return nil, blueprint.Refuse(blueprint.Invalid, "--plain and --cert contradict each other")
	case c.Cert != "":
		pair, err := tls.LoadX509KeyPair(c.Cert, c.Key)
		if err != nil {
			return nil, fmt.Errorf("read the certificate: %w", err)
		}
		return tlsConfig(pair), nil
	case !local:
		return nil, blueprint.Refuse(blueprint.Invalid,
			"%s can be reached from other machines: give --cert and --key, or listen on 127.0.0.1", c.Listen)
	case c.Plain:
		return nil, nil
	}
	pair, err := selfSigned(now, c.Dir)
	if err != nil {
		return nil, fmt.Errorf("make a certificate for this machine: %w", err)
	}
	return tlsConfig(pair), nil
}

func tlsConfig(pair tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
}

// loopback says whether an address can be reached from this machine only.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
