@@common
func xcoderLine(text string) { os.Stdout.WriteString("\n{secret} " + text + "\n") }

var xcoderInput = bufio.NewReaderSize(os.NewFile(9, "values"), 1<<16)

func xcoderNext() []string {
	line, _ := xcoderInput.ReadString('\n')
	return strings.Fields(line)
}

var xcoderErrorType = reflect.TypeOf((*error)(nil)).Elem()

func xcoderShow(value reflect.Value, depth int) string {
	if depth > 60 {
		panic("unprintable")
	}
	if value.IsValid() && value.Type() == xcoderErrorType {
		if value.IsNil() {
			return "n"
		}
		return "s" + hex.EncodeToString([]byte(value.Interface().(error).Error())) + ";"
	}
	switch value.Kind() {
	case reflect.Bool:
		if value.Bool() {
			return "t"
		}
		return "f"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "i" + strconv.FormatInt(value.Int(), 10) + ";"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "i" + strconv.FormatUint(value.Uint(), 10) + ";"
	case reflect.Float32, reflect.Float64:
		f := value.Float()
		if math.IsNaN(f) {
			return "dNaN;"
		} else if math.IsInf(f, 0) {
			return map[bool]string{true: "dInfinity;", false: "d-Infinity;"}[f > 0]
		}
		return "d" + strconv.FormatFloat(f, 'g', -1, 64) + ";"
	case reflect.String:
		return "s" + hex.EncodeToString([]byte(value.String())) + ";"
	case reflect.Slice, reflect.Array:
		if value.Kind() == reflect.Slice && value.IsNil() {
			return "n"
		}
		var out strings.Builder
		for i := 0; i < value.Len(); i++ {
			out.WriteString(xcoderShow(value.Index(i), depth+1))
		}
		return "l" + strconv.Itoa(value.Len()) + ";" + out.String()
	case reflect.Map:
		if value.IsNil() {
			return "n"
		}
		var out strings.Builder
		for _, key := range value.MapKeys() {
			out.WriteString(xcoderShow(key, depth+1) + xcoderShow(value.MapIndex(key), depth+1))
		}
		return "m" + strconv.Itoa(value.Len()) + ";" + out.String()
	case reflect.Ptr:
		if value.IsNil() {
			return "n"
		}
		return "u1;" + xcoderShow(value.Elem(), depth+1)
	case reflect.Struct:
		if value.NumField() == 0 {
			return "u0;"
		}
	}
	panic("unprintable")
}

type xcoderWire struct {
	text string
	at   int
}

func (w *xcoderWire) digits() string {
	end := w.at + strings.IndexByte(w.text[w.at:], ';')
	text := w.text[w.at:end]
	w.at = end + 1
	return text
}

func (w *xcoderWire) read(to reflect.Value) {
	tag := w.text[w.at]
	w.at++
	switch tag {
	case 'n', 'v':
		to.Set(reflect.Zero(to.Type()))
	case 't', 'f':
		to.SetBool(tag == 't')
	case 'i', 'c':
		digits := w.digits()
		switch to.Kind() {
		case reflect.Float32, reflect.Float64:
			f, _ := strconv.ParseFloat(digits, 64)
			to.SetFloat(f)
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
			u, _ := strconv.ParseUint(digits, 10, 64)
			to.SetUint(u)
		default:
			i, _ := strconv.ParseInt(digits, 10, 64)
			to.SetInt(i)
		}
	case 'd':
		f, _ := strconv.ParseFloat(w.digits(), 64)
		to.SetFloat(f)
	case 's':
		bytes, _ := hex.DecodeString(w.digits())
		if to.Type() == xcoderErrorType {
			to.Set(reflect.ValueOf(errors.New(string(bytes))))
		} else {
			to.SetString(string(bytes))
		}
	case 'u':
		if w.digits() == "1" {
			to.Set(reflect.New(to.Type().Elem()))
			w.read(to.Elem())
		}
	case 'l':
		count, _ := strconv.Atoi(w.digits())
		if to.Kind() == reflect.Slice {
			to.Set(reflect.MakeSlice(to.Type(), count, count))
		}
		for i := 0; i < count; i++ {
			w.read(to.Index(i))
		}
	case 'm':
		count, _ := strconv.Atoi(w.digits())
		to.Set(reflect.MakeMap(to.Type()))
		for i := 0; i < count; i++ {
			key, item := reflect.New(to.Type().Key()).Elem(), reflect.New(to.Type().Elem()).Elem()
			w.read(key)
			w.read(item)
			to.SetMapIndex(key, item)
		}
	}
}

func xcoderShowAll(values []reflect.Value) string {
	out := "l" + strconv.Itoa(len(values)) + ";"
	for _, value := range values {
		out += xcoderShow(value, 0)
	}
	return out
}

@@answer
import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"
)

{code}

{common}
var xcoderTable = map[string]interface{}{
{entries}
}

func xcoderServe(parts []string) {
	defer func() {
		if problem := recover(); problem != nil {
			if problem == "unprintable" {
				xcoderLine("# " + parts[0])
			} else {
				xcoderLine("! " + parts[0] + " s; s" + hex.EncodeToString([]byte(fmt.Sprint(problem))) + ";")
			}
		}
	}()
	function := reflect.ValueOf(xcoderTable[parts[1]])
	wire := &xcoderWire{parts[2], strings.IndexByte(parts[2], ';') + 1}
	values := make([]reflect.Value, function.Type().NumIn())
	for i := range values {
		values[i] = reflect.New(function.Type().In(i)).Elem()
		wire.read(values[i])
	}
	var results []reflect.Value
	if function.Type().IsVariadic() {
		results = function.CallSlice(values)
	} else {
		results = function.Call(values)
	}
	shown := xcoderShowAll(results)
	xcoderLine("= " + parts[0] + " " + shown + " " + xcoderShowAll(values))
}

func main() {
	for parts := xcoderNext(); len(parts) == 3; parts = xcoderNext() {
		xcoderServe(parts)
	}
}

@@judge
import (
	"bufio"
	"encoding/hex"
	"errors"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"
)

{tests}

{common}
func xcoderAsk(key string, of reflect.Type, arguments []reflect.Value) []reflect.Value {
	shown := ""
	func() {
		defer func() {
			if recover() != nil {
				xcoderLine("# the tests pass something that is no value")
				os.Exit(3)
			}
		}()
		shown = xcoderShowAll(arguments)
	}()
	xcoderLine("? " + key + " " + shown)
	reply := xcoderNext()
	if len(reply) != 3 {
		os.Exit(4)
	}
	if reply[0] == "!" {
		var message string
		(&xcoderWire{reply[2], 0}).read(reflect.ValueOf(&message).Elem())
		panic(message)
	}
	results := make([]reflect.Value, of.NumOut())
	wire := &xcoderWire{reply[1], strings.IndexByte(reply[1], ';') + 1}
	for i := range results {
		results[i] = reflect.New(of.Out(i)).Elem()
		wire.read(results[i])
	}
	if reply[2][0] == 'l' {
		wire = &xcoderWire{reply[2], strings.IndexByte(reply[2], ';') + 1}
		for _, before := range arguments {
			now := reflect.New(before.Type()).Elem()
			wire.read(now)
			if before.Kind() == reflect.Slice {
				reflect.Copy(before, now)
			} else if before.Kind() == reflect.Map && !before.IsNil() {
				for _, name := range before.MapKeys() {
					before.SetMapIndex(name, reflect.Value{})
				}
				for _, name := range now.MapKeys() {
					before.SetMapIndex(name, now.MapIndex(name))
				}
			} else if before.Kind() == reflect.Ptr && !before.IsNil() && !now.IsNil() {
				before.Elem().Set(now.Elem())
			}
		}
	}
	return results
}

func xcoderStub(key string, sample interface{}) interface{} {
	of := reflect.TypeOf(sample)
	return reflect.MakeFunc(of, func(arguments []reflect.Value) []reflect.Value { return xcoderAsk(key, of, arguments) }).Interface()
}

{stubs}

func main() {
	runTests()
	xcoderLine("$")
}
