import (
	"fmt"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"
)

{code}

func xcoderLine(text string) { os.Stdout.WriteString("\n{secret} " + text + "\n") }

func xcoderText(value string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i := 0; i < len(value); i++ {
		if c := value[i]; c == '"' || c == '\\' {
			out.WriteByte('\\')
			out.WriteByte(c)
		} else if c < 32 || c > 126 {
			fmt.Fprintf(&out, "\\x%02x", c)
		} else {
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}

func xcoderShow(value reflect.Value, depth int) string {
	if depth > 30 {
		panic("unprintable")
	}
	switch value.Kind() {
	case reflect.Invalid:
		return "null"
	case reflect.Bool:
		return strconv.FormatBool(value.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int64:
		return strconv.FormatInt(value.Int(), 10)
	case reflect.Int32:
		return "'" + strconv.FormatInt(value.Int(), 10)
	case reflect.Uint8:
		return "'" + strconv.FormatUint(value.Uint(), 10)
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(value.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		f := value.Float()
		if math.IsNaN(f) {
			return "NaN"
		} else if math.IsInf(f, 1) {
			return "Infinity"
		} else if math.IsInf(f, -1) {
			return "-Infinity"
		} else if value.Kind() == reflect.Float32 {
			return strconv.FormatFloat(f, 'g', -1, 32)
		}
		return strconv.FormatFloat(f, 'g', -1, 64)
	case reflect.String:
		return xcoderText(value.String())
	case reflect.Slice, reflect.Array:
		parts := []string{}
		for i := 0; i < value.Len(); i++ {
			parts = append(parts, xcoderShow(value.Index(i), depth+1))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case reflect.Map:
		parts := []string{}
		for _, key := range value.MapKeys() {
			if item := value.MapIndex(key); item.Kind() == reflect.Struct && item.NumField() == 0 {
				return "S" + xcoderShow(reflect.ValueOf(xcoderKeys(value)), depth+1)
			} else {
				parts = append(parts, "["+xcoderShow(key, depth+1)+","+xcoderShow(item, depth+1)+"]")
			}
		}
		return "M[" + strings.Join(parts, ",") + "]"
	case reflect.Interface, reflect.Ptr:
		if value.IsNil() {
			return "null"
		}
		return xcoderShow(value.Elem(), depth+1)
	}
	panic("unprintable: " + value.Type().String())
}

func xcoderKeys(value reflect.Value) []interface{} {
	keys := []interface{}{}
	for _, key := range value.MapKeys() {
		keys = append(keys, key.Interface())
	}
	return keys
}

func xcoderPlain(text string) string {
	out := []byte{}
	for i := 0; i < len(text) && i < 200; i++ {
		if text[i] < 32 || text[i] > 126 {
			out = append(out, ' ')
		} else {
			out = append(out, text[i])
		}
	}
	return string(out)
}

func xcoderCall(index int, target interface{}, arguments ...interface{}) {
	if from, _ := strconv.Atoi(os.Getenv("XCODER_FROM")); index < from {
		return
	}
	xcoderLine("@ " + strconv.Itoa(index))
	defer func() {
		if problem := recover(); problem != nil {
			xcoderLine("! " + strconv.Itoa(index) + " " + xcoderPlain(fmt.Sprint(problem)))
		}
	}()
	values := []reflect.Value{}
	for _, argument := range arguments {
		values = append(values, reflect.ValueOf(argument))
	}
	shown := []string{}
	call := reflect.ValueOf(target).Call
	if reflect.TypeOf(target).IsVariadic() {
		call = reflect.ValueOf(target).CallSlice
	}
	for _, result := range call(values) {
		if result.Type() == reflect.TypeOf((*error)(nil)).Elem() {
			if !result.IsNil() {
				panic(result.Interface().(error).Error())
			}
			continue
		}
		shown = append(shown, xcoderShow(result, 0))
	}
	text := "null"
	if len(shown) == 1 {
		text = shown[0]
	} else if len(shown) > 1 {
		text = "[" + strings.Join(shown, ",") + "]"
		if kind := reflect.TypeOf(target); len(shown) == 2 && kind.NumOut() == 2 && kind.Out(1).Kind() == reflect.Bool {
			text = "O" + text
		}
	}
	xcoderLine("= " + strconv.Itoa(index) + " " + text + "\t" + xcoderShow(reflect.ValueOf(arguments), 0))
}

func main() {
{calls}
	xcoderLine("$")
}
