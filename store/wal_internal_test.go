package store

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"

	"github.com/ncruces/go-sqlite3/vfs"
	"pgregory.net/rapid"
)

// disk is a file below the log. What it holds beyond the last sync may be lost.
type disk struct {
	vfs.File
	data []byte
}

func (d *disk) WriteAt(p []byte, off int64) (int, error) {
	if grow := off + int64(len(p)) - int64(len(d.data)); grow > 0 {
		d.data = append(d.data, make([]byte, grow)...)
	}
	return copy(d.data[off:], p), nil
}

func (d *disk) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(d.data)) {
		return 0, io.EOF
	}
	n := copy(p, d.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (d *disk) Truncate(size int64) error {
	d.data = d.data[:min(size, int64(len(d.data)))]
	return nil
}

func (d *disk) Sync(vfs.SyncFlag) error { return nil }
func (d *disk) Size() (int64, error)    { return int64(len(d.data)), nil }

func header(page uint32) []byte {
	h := make([]byte, walHeader)
	binary.BigEndian.PutUint32(h[8:], page)
	return h
}

// Whatever SQLite writes, its own reads see it at once, and the file below has it
// after a sync, also what follows the sync within the same frame.
func TestTheLogIsWrittenWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := rapid.SampledFrom([]uint32{512, 4096}).Draw(t, "page")
		frame := int64(page) + walFrameHeader
		below, plain := &disk{}, &disk{}
		f := &walFile{File: below}
		if rapid.Bool().Draw(t, "an older log") {
			below.data = append(header(page), make([]byte, 3*frame)...)
			plain.data = bytes.Clone(below.data)
			f = &walFile{File: below}
		} else {
			write(t, f, plain, header(page), 0)
		}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			at := walHeader + frame*rapid.Int64Range(0, 8).Draw(t, "frame")
			content := bytes.Repeat([]byte{rapid.Byte().Draw(t, "content")}, int(frame))
			switch cut := rapid.IntRange(1, int(frame)).Draw(t, "cut"); rapid.IntRange(0, 4).Draw(t, "what") {
			case 0: // a commit whose last frame crosses a sector
				write(t, f, plain, content[:cut], at)
				if err := f.Sync(0); err != nil {
					t.Fatal(err)
				}
				write(t, f, plain, content[cut:], at+int64(cut))
				if !bytes.Equal(below.data, plain.data) {
					t.Fatal("after a sync the file below lacks something")
				}
			case 1:
				got := make([]byte, frame)
				want := make([]byte, frame)
				n, _ := f.ReadAt(got, at)
				m, _ := plain.ReadAt(want, at)
				if n != m || !bytes.Equal(got, want) {
					t.Fatal("a read does not see what was written")
				}
			case 2:
				f.Truncate(at)
				plain.Truncate(at)
			default:
				write(t, f, plain, content[:walFrameHeader], at)
				write(t, f, plain, content[walFrameHeader:], at+walFrameHeader)
			}
		}
		if size, _ := f.Size(); size != int64(len(plain.data)) || !bytes.Equal(below.data, plain.data) {
			t.Fatal("the file below is another one")
		}
	})
}

func write(t *rapid.T, f, plain vfs.File, p []byte, off int64) {
	for _, file := range []vfs.File{f, plain} {
		if n, err := file.WriteAt(p, off); n != len(p) || err != nil {
			t.Fatal(n, err)
		}
	}
}

func TestFramesAreGatheredUntilTheSync(t *testing.T) {
	below := &disk{}
	f := &walFile{File: below}
	f.WriteAt(header(4096), 0)
	for i := range int64(5) {
		f.WriteAt(make([]byte, walFrameHeader), walHeader+i*4120)
		f.WriteAt(make([]byte, 4096), walHeader+i*4120+walFrameHeader)
	}
	if len(below.data) != 0 {
		t.Fatalf("%d bytes were written before the sync", len(below.data))
	}
	f.Sync(0)
	if len(below.data) != walHeader+5*4120 {
		t.Fatalf("%d bytes after the sync", len(below.data))
	}
}
