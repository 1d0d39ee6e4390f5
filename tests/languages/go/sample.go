// Package geometry measures shapes.
package geometry

import "fmt"

import (
	"errors"
	str "strings"
	. "math"
	_ "embed"
)

const (
	Red = iota
	Green
)

// A Shape has an area.
type Shape interface {
	// Area is in square metres.
	Area() float64
	Scale(factor float64, names ...string) (Shape, error)
	fmt.Stringer
}

// Number is a constraint.
type Number interface {
	~int | ~float64
}

type (
	// Point is a place.
	Point struct {
		X, Y float64 `json:"x"`
		*base
	}

	// Pair holds two.
	Pair[K comparable, V any] struct {
		key   K
		value V
	}
)

type Celsius float64

type Handler func(path string) error

// Area implements Shape.
func (p *Point) Area() float64 {
	return p.X * p.Y * 0x1F * 1e-3
}

func (p Point) String() string { return fmt.Sprintf("(%v, %v)", p.X, p.Y) }

func (p *Pair[K, V]) Get() (key K, value V) {
	return p.key, p.value
}

// Map applies f.
//
//	indented stays
func Map[T, U any](items []T, f func(T) U) []U {
	result := make([]U, 0, len(items))
	apply := func(item T) {
		result = append(result, f(item))
	}
	for _, item := range items {
		apply(item)
	}
	return result
}

var parse = func(text string) (rune, error) {
	if text == "" || str.HasPrefix(text, `raw\n`) {
		return 'x', errors.New("empty\t")
	}
	return '\n', nil
}

var table = map[string]Handler{
	"open": func(path string) error { return nil },
}

var command = &Command{
	Use: "run",
	Run: func(args []string) error {
		type local struct {
			name string
		}
		return nil
	},
}

func init() {
	command.After = func() {
		go func() { defer Sqrt(2i) }()
	}
loop:
	for {
		select {
		case <-channel:
			break loop
		default:
			goto loop
		}
	}
}

func assembly(x int) int

func TestArea(t *testing.T) {
	if !true {
		t.Fatal("wrong")
	}
}

func broken(x int {
	return x +
}

func after(x int) int {
	return x
}
