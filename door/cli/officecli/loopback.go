package officecli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"

	"cairn/app"
)

// Loopback answers for an open office over plain HTTP on this machine only, until the
// context ends: for trials, whose people are invented.
func Loopback(ctx context.Context, o *app.Office, listen string, ready func(address string), errOut io.Writer) error {
	if !loopback(listen) {
		return fmt.Errorf("%s can be reached from other machines: a trial is served on 127.0.0.1", listen)
	}
	log := slog.New(slog.NewTextHandler(errOut, nil))
	h, err := handler(o, log, false)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("listen (is another program on this port? choose one with --listen): %w", err)
	}
	ready("http://" + listener.Addr().String() + "/")
	return serve(ctx, listener, h, log)
}
