package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk fills a disk of a few hundred kilobytes with an import: it fails with a
// sentence, nothing of it is there, the record is sound, and with more room the same
// command goes through. Without the right to mount, a process's file size is limited.
func TestFullDisk(t *testing.T) {
	f := newOffice(t, "")
	before := f.count("SELECT COUNT(*) FROM people_record")
	list := f.list("Full", 400)
	command := f.command("people.import", map[string]string{"path": list})
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	size := func(bytes int64) string { return fmt.Sprintf("size=%d", bytes) }
	used := folderSize(t, f.dir)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, size(used+300<<10)); err != nil {
		t.Logf("no right to mount (%v): the size of files is limited instead", err)
		limited := exec.Command("sh", "-c", fmt.Sprintf(`ulimit -f %d; exec "$0" "$@"`, (used+100<<10)/512), f.child().Path)
		limited.Args = append(limited.Args, command...)
		if out, err := limited.CombinedOutput(); err == nil {
			t.Fatalf("it was done: %s", out)
		}
	} else {
		t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
		home := f.dir
		f.dir = filepath.Join(disk, "office")
		if err := os.CopyFS(f.dir, os.DirFS(home)); err != nil {
			t.Fatal(err)
		}
		command = f.command("people.import", map[string]string{"path": list})
		_, errOut, code := f.try(command...)
		if code != 1 || !strings.Contains(errOut, "full") {
			t.Errorf("on a full disk: exit %d, %s", code, errOut)
		}
	}
	if n := f.count("SELECT COUNT(*) FROM people_record"); n != before {
		t.Fatalf("%d of 800 people are there", n-before)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, size(64<<20)); err != nil {
		t.Logf("remount: %v", err)
	}
	f.run(command...)
	if n := f.count("SELECT COUNT(*) FROM people_record"); n != before+800 {
		t.Errorf("with room again %d people are there", n-before)
	}
}

func folderSize(t *testing.T, folder string) (size int64) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		info, err := file.Info()
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	return size
}
