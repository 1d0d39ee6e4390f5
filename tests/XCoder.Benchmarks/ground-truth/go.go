// Compares the functions of a snippet list with those of go/ast.
//
//	go run go.go SNIPPETS.jsonl ROOT [--list] [--listed-files]
//
// SNIPPETS.jsonl holds one {path, kind, name, startLine, endLine} a line, paths relative to ROOT. A function is
// right if path, name and last line agree. --list prints what is missing and what is too much. Files that go/parser
// rejects are left out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

type snippet struct {
	Path, Kind, Name string
	EndLine          int
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "go run go.go SNIPPETS.jsonl ROOT [--list] [--listed-files]")
		os.Exit(2)
	}
	list, listed := false, false
	for _, option := range os.Args[3:] {
		list = list || option == "--list"
		listed = listed || option == "--listed-files"
	}
	found := read(os.Args[1])
	files, skipped, expected, actual, both := 0, 0, 0, 0, 0
	filepath.WalkDir(os.Args[2], func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		relative, _ := filepath.Rel(os.Args[2], path)
		relative = filepath.ToSlash(relative)
		truth, err := functions(path)
		if err != nil || (listed && found[relative] == nil) {
			skipped++
			return nil
		}
		files++
		expected += len(truth)
		rest := found[relative]
		for _, n := range rest {
			actual += n
		}
		for _, key := range truth {
			if rest[key] > 0 {
				rest[key]--
				both++
			} else if list {
				fmt.Println("missing", relative, key)
			}
		}
		for key, n := range rest {
			if n > 0 && list {
				fmt.Println("too much", relative, key)
			}
		}
		return nil
	})
	fmt.Printf("files %d (%d left out), functions %d, found %d, right %d, recall %.4f, precision %.4f\n",
		files, skipped, expected, actual, both, float64(both)/float64(expected), float64(both)/float64(actual))
}

func read(path string) map[string]map[string]int {
	file, err := os.Open(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	defer file.Close()
	found := map[string]map[string]int{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var s snippet
		if json.Unmarshal(lines.Bytes(), &s) != nil || (s.Kind != "function" && s.Kind != "method" && s.Kind != "constructor") {
			continue
		}
		if found[s.Path] == nil {
			found[s.Path] = map[string]int{}
		}
		found[s.Path][fmt.Sprintf("%s:%d", s.Name, s.EndLine)]++
	}
	return found
}

// Functions and methods with body, methods of named interfaces, and function literals that one name is bound to:
// by :=, var, = or a field of a composite literal.
func functions(path string) ([]string, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		return nil, err
	}
	var result []string
	add := func(name string, node ast.Node) {
		// PositionFor: the line in the file, whatever //line comments say.
		result = append(result, fmt.Sprintf("%s:%d", name, set.PositionFor(node.End()-1, false).Line))
	}
	literal := func(name ast.Expr, value ast.Expr) {
		function, ok := value.(*ast.FuncLit)
		if !ok {
			return
		}
		switch name := name.(type) {
		case *ast.Ident:
			if name.Name != "_" {
				add(name.Name, function)
			}
		case *ast.SelectorExpr:
			add(name.Sel.Name, function)
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			if node.Body != nil {
				add(node.Name.Name, node)
			}
		case *ast.TypeSpec:
			if it, ok := node.Type.(*ast.InterfaceType); ok {
				for _, member := range it.Methods.List {
					if _, ok := member.Type.(*ast.FuncType); ok {
						for _, name := range member.Names {
							add(name.Name, member)
						}
					}
				}
			}
		case *ast.AssignStmt:
			if len(node.Lhs) == 1 && len(node.Rhs) == 1 {
				literal(node.Lhs[0], node.Rhs[0])
			}
		case *ast.ValueSpec:
			if len(node.Names) == 1 && len(node.Values) == 1 {
				literal(node.Names[0], node.Values[0])
			}
		case *ast.KeyValueExpr:
			if _, ok := node.Key.(*ast.Ident); ok {
				literal(node.Key, node.Value)
			}
		}
		return true
	})
	return result, nil
}
