package store

import (
	"encoding/binary"
	"sync"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// encryptedVFS is the name of the encrypting file system whose write-ahead log is
// written in whole blocks.
const encryptedVFS = "cairn-adiantum"

// registerVFS makes that file system known to the SQLite driver, once.
var registerVFS = sync.OnceFunc(func() { vfs.Register(encryptedVFS, walVFS{vfs.Find("adiantum")}) })

// walVFS gathers what SQLite writes to its write-ahead log. A frame there is 24 bytes
// and a page, so frames do not lie on the 4,096-byte blocks that are encrypted as one:
// written one by one, each frame would decrypt three blocks and encrypt three.
type walVFS struct{ vfs.VFS }

// OpenFilename implements vfs.VFSFilename.
func (v walVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	file, out, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err != nil || flags&vfs.OPEN_WAL == 0 {
		return file, out, err
	}
	return &walFile{File: file}, out, nil
}

const (
	walHeader      = 32      // bytes before the first frame
	walFrameHeader = 24      // bytes before the page of a frame
	walGathered    = 1 << 20 // bytes that are gathered at the most
)

// walFile holds back writes until the log is synced, which with synchronous=FULL
// happens before other connections are told of new frames. What SQLite writes between
// the sync and that moment (the rest of a frame that crosses the end of a sector) goes
// straight through. One connection uses it, from one goroutine.
type walFile struct {
	vfs.File
	at      int64  // where gathered begins
	held    []byte // written by SQLite, not yet by the file below
	frame   int64  // the size of a frame, 0 while it is not known
	through bool   // whether writes go straight through
}

// Unwrap implements vfs.FileUnwrap.
func (f *walFile) Unwrap() vfs.File { return f.File }

// WriteAt implements vfs.File.
func (f *walFile) WriteAt(p []byte, off int64) (int, error) {
	f.learn(p, off)
	if f.frame == 0 {
		if err := f.flush(); err != nil {
			return 0, err
		}
		return f.File.WriteAt(p, off)
	}
	if (off-walHeader)%f.frame == 0 || off == 0 {
		f.through = false
	}
	if within := off - f.at; within < 0 || within > int64(len(f.held)) {
		if err := f.flush(); err != nil {
			return 0, err
		}
	}
	if len(f.held) == 0 {
		f.at = off
	}
	kept := copy(f.held[off-f.at:], p)
	f.held = append(f.held, p[kept:]...)
	if f.through || len(f.held) >= walGathered {
		if err := f.flush(); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// learn finds the size of frames from the log's header.
func (f *walFile) learn(p []byte, off int64) {
	var header [walHeader]byte
	switch {
	case off == 0 && len(p) == walHeader:
		copy(header[:], p)
	case f.frame != 0:
		return
	default:
		if n, err := f.File.ReadAt(header[:], 0); n != walHeader && err != nil {
			return
		}
	}
	f.frame = 0
	if page := int64(binary.BigEndian.Uint32(header[8:])); page >= 512 && page <= 1<<16 {
		f.frame = walFrameHeader + page
	}
}

func (f *walFile) flush() error {
	if len(f.held) == 0 {
		return nil
	}
	_, err := f.File.WriteAt(f.held, f.at)
	f.held = f.held[:0]
	return err
}

// ReadAt implements vfs.File.
func (f *walFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.flush(); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, off)
}

// Sync implements vfs.File.
func (f *walFile) Sync(flags vfs.SyncFlag) error {
	f.through = true
	if err := f.flush(); err != nil {
		return err
	}
	return f.File.Sync(flags)
}

// Size implements vfs.File.
func (f *walFile) Size() (int64, error) {
	if err := f.flush(); err != nil {
		return 0, err
	}
	return f.File.Size()
}

// Truncate implements vfs.File.
func (f *walFile) Truncate(size int64) error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

// Close implements vfs.File.
func (f *walFile) Close() error {
	err := f.flush()
	if closed := f.File.Close(); err == nil {
		err = closed
	}
	return err
}
