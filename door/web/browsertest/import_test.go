package browsertest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestTakeOverAListThatACampBrought has a clerk send a file, set one column right, look
// at what is wrong, and take the good rows.
func TestTakeOverAListThatACampBrought(t *testing.T) {
	file := filepath.Join(t.TempDir(), "camp-judenau.csv")
	text := "Familie;Apellidos;Nombre;Fecha de nacimiento;Sexo;Nacionalidad;Herkunft\n" +
		"1;Zsoldos;Emma;12.03.1921;F;Hungría;Győr\n1;Zsoldos;Ida;30.11.1951;F;Hungría;Győr\n2;Zsoldos;Pál;31.02.1930;M;Hungría;Vác\n3;Żółć;إيمان;1.1.1940;F;Xanadu;\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t)
	b.logIn("registrar")
	b.follow("Register a household")
	b.follow("Take over a list")
	b.examine("import")
	b.run("choose the file", chromedp.SetUploadFiles(chromedp.ID("file"), []string{file}))
	b.button("Read it")
	b.shows("camp-judenau.csv", "Zsoldos", "31.02.1930", "31 February does not exist", "Xanadu", "Take the 2 good rows, leave out 2")
	b.examine("import, a report")
	b.button("العربية")
	b.examine("import, a report from right to left")
	b.button("Français")
	b.shows("Reprendre les 2 bonnes lignes")
	b.button("English")
	b.fill("Site", "Judenau")
	b.run("the column of origin", chromedp.SetValue(chromedp.JSPath(`document.querySelector("select[name=c6]")`), "birth_place"))
	b.button("Check again")
	b.shows("Take the 2 good rows")
	b.button("Take the 2 good rows")
	b.shows("The list is taken over.", "rows left out")
	b.examine("import, taken over")
	b.follow("Find people")
	b.fill("Name or number", "zsoldos")
	b.button("Search")
	b.shows("Emma Zsoldos", "Ida Zsoldos", "Judenau")
}
