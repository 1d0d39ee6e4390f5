@@testing

import (
	xcoderformat "fmt"
	xcoderfiles "os"
)

var _ testing.TB

// xcoderT stands for testing.T: the first failure ends the tests.
type xcoderT struct {
	name     string
	cleanups []func()
	failed   bool
}

type xcoderSkip struct{}

func (t *xcoderT) fail(text string) {
	t.failed = true
	panic("test failed: " + t.name + ": " + text)
}

func (t *xcoderT) Error(values ...interface{})                 { t.fail(xcoderformat.Sprintln(values...)) }
func (t *xcoderT) Errorf(form string, values ...interface{})   { t.fail(xcoderformat.Sprintf(form, values...)) }
func (t *xcoderT) Fatal(values ...interface{})                 { t.fail(xcoderformat.Sprintln(values...)) }
func (t *xcoderT) Fatalf(form string, values ...interface{})   { t.fail(xcoderformat.Sprintf(form, values...)) }
func (t *xcoderT) Fail()                                       { t.fail("Fail") }
func (t *xcoderT) FailNow()                                    { t.fail("FailNow") }
func (t *xcoderT) Failed() bool                                { return t.failed }
func (t *xcoderT) Log(values ...interface{})                   {}
func (t *xcoderT) Logf(form string, values ...interface{})     {}
func (t *xcoderT) Skip(values ...interface{})                  { panic(xcoderSkip{}) }
func (t *xcoderT) Skipf(form string, values ...interface{})    { panic(xcoderSkip{}) }
func (t *xcoderT) SkipNow()                                    { panic(xcoderSkip{}) }
func (t *xcoderT) Skipped() bool                               { return false }
func (t *xcoderT) Helper()                                     {}
func (t *xcoderT) Parallel()                                   {}
func (t *xcoderT) Name() string                                { return t.name }
func (t *xcoderT) Cleanup(run func())                          { t.cleanups = append(t.cleanups, run) }
func (t *xcoderT) Setenv(name, value string)                   { xcoderfiles.Setenv(name, value) }

func (t *xcoderT) TempDir() string {
	folder, err := xcoderfiles.MkdirTemp("", "tests")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func (t *xcoderT) Run(name string, run func(*xcoderT)) bool {
	xcoderRun(t.name+"/"+name, run)
	return true
}

// xcoderRun tells whether the test was not skipped.
func xcoderRun(name string, run func(*xcoderT)) (ran bool) {
	t := &xcoderT{name: name}
	defer func() {
		for i := len(t.cleanups) - 1; i >= 0; i-- {
			t.cleanups[i]()
		}
		if t.failed {
			return
		}
		if problem := recover(); problem != nil {
			if _, isSkipped := problem.(xcoderSkip); !isSkipped {
				panic(problem)
			}
			ran = false
		}
	}()
	run(t)
	return true
}
@@testify

import (
	xcoderbytes "bytes"
	xcoderjson "encoding/json"
	xcodererrors "errors"
	xcoderform "fmt"
	xcodermath "math"
	xcoderreflect "reflect"
	xcoderpattern "regexp"
	xcodertext "strings"
)

// The packages assert and require of testify: the first failure ends the tests. Methods take the test, those of New do not.
type xcoderAsserts struct{}

type xcoderBound struct{ t xcoderFailing }

type xcoderFailing interface {
	Errorf(form string, values ...interface{})
}

var assert, require xcoderAsserts

func (xcoderAsserts) New(t xcoderFailing) xcoderBound { return xcoderBound{t} }

func xcoderCheck(t xcoderFailing, holds bool, want, got interface{}) bool {
	if !holds {
		t.Errorf("expected: %#v but was: %#v", want, got)
		panic("test failed")
	}
	return true
}

func xcoderEqual(want, got interface{}) bool {
	if one, isBytes := want.([]byte); isBytes && one != nil {
		other, isToo := got.([]byte)
		return isToo && other != nil && xcoderbytes.Equal(one, other)
	}
	return xcoderreflect.DeepEqual(want, got)
}

func xcoderConverted(want, got interface{}) bool {
	one, other := xcoderreflect.ValueOf(want), xcoderreflect.ValueOf(got)
	return one.IsValid() && other.IsValid() && one.Type().ConvertibleTo(other.Type()) && other.Type().ConvertibleTo(one.Type()) &&
		xcoderreflect.DeepEqual(one.Convert(other.Type()).Interface(), got) &&
		xcoderreflect.DeepEqual(other.Convert(one.Type()).Interface(), want)
}

func xcoderNil(value interface{}) bool {
	if value == nil {
		return true
	}
	switch v := xcoderreflect.ValueOf(value); v.Kind() {
	case xcoderreflect.Chan, xcoderreflect.Func, xcoderreflect.Map, xcoderreflect.Ptr, xcoderreflect.Interface, xcoderreflect.Slice:
		return v.IsNil()
	}
	return false
}

func xcoderLength(value interface{}) int {
	switch v := xcoderreflect.ValueOf(value); v.Kind() {
	case xcoderreflect.Array, xcoderreflect.Chan, xcoderreflect.Map, xcoderreflect.Slice, xcoderreflect.String:
		return v.Len()
	}
	return -1
}

func xcoderEmpty(value interface{}) bool {
	if value == nil || xcoderLength(value) == 0 {
		return true
	}
	v := xcoderreflect.ValueOf(value)
	if v.Kind() == xcoderreflect.Ptr {
		return v.IsNil() || xcoderEmpty(v.Elem().Interface())
	}
	return xcoderLength(value) < 0 && v.IsZero()
}

func xcoderItems(value interface{}) []interface{} {
	items := []interface{}{}
	switch v := xcoderreflect.ValueOf(value); v.Kind() {
	case xcoderreflect.Array, xcoderreflect.Slice:
		for i := 0; i < v.Len(); i++ {
			items = append(items, v.Index(i).Interface())
		}
	case xcoderreflect.Map:
		for _, key := range v.MapKeys() {
			items = append(items, key.Interface())
		}
	}
	return items
}

func xcoderContains(whole, part interface{}) bool {
	if text, isText := whole.(string); isText {
		piece, isPiece := part.(string)
		return isPiece && xcodertext.Contains(text, piece)
	}
	for _, item := range xcoderItems(whole) {
		if xcoderEqual(part, item) {
			return true
		}
	}
	return false
}

func xcoderSubset(whole, parts interface{}) bool {
	for _, part := range xcoderItems(parts) {
		if !xcoderContains(whole, part) {
			return false
		}
	}
	return true
}

func xcoderSameElements(want, got interface{}) bool {
	rest := xcoderItems(got)
	for _, item := range xcoderItems(want) {
		at := -1
		for i, other := range rest {
			if xcoderEqual(item, other) {
				at = i
				break
			}
		}
		if at < 0 {
			return false
		}
		rest = append(rest[:at], rest[at+1:]...)
	}
	return len(rest) == 0
}

func xcoderNumber(value interface{}) float64 {
	switch v := xcoderreflect.ValueOf(value); v.Kind() {
	case xcoderreflect.Int, xcoderreflect.Int8, xcoderreflect.Int16, xcoderreflect.Int32, xcoderreflect.Int64:
		return float64(v.Int())
	case xcoderreflect.Uint, xcoderreflect.Uint8, xcoderreflect.Uint16, xcoderreflect.Uint32, xcoderreflect.Uint64:
		return float64(v.Uint())
	case xcoderreflect.Float32, xcoderreflect.Float64:
		return v.Float()
	}
	return xcodermath.NaN()
}

func xcoderNear(want, got interface{}, delta float64) bool {
	ones, others := xcoderItems(want), xcoderItems(got)
	if len(ones) > 0 && len(ones) == len(others) {
		for i := range ones {
			if !xcoderNear(ones[i], others[i], delta) {
				return false
			}
		}
		return true
	}
	one, other := xcoderNumber(want), xcoderNumber(got)
	if xcodermath.IsNaN(one) || xcodermath.IsNaN(other) {
		return xcoderIsNaN(want) && xcoderIsNaN(got)
	}
	return one == other || xcodermath.Abs(one-other) <= delta
}

func xcoderIsNaN(value interface{}) bool {
	number, isNumber := value.(float64)
	return isNumber && xcodermath.IsNaN(number)
}

func xcoderOrder(left, right interface{}) int {
	if one, isText := left.(string); isText {
		return xcodertext.Compare(one, right.(string))
	}
	one, other := xcoderNumber(left), xcoderNumber(right)
	if xcodermath.IsNaN(one) || xcodermath.IsNaN(other) {
		panic("these values have no order")
	}
	if one < other {
		return -1
	}
	if one > other {
		return 1
	}
	return 0
}

func xcoderMatches(pattern, value interface{}) bool {
	expression, isCompiled := pattern.(*xcoderpattern.Regexp)
	if !isCompiled {
		expression = xcoderpattern.MustCompile(xcoderform.Sprint(pattern))
	}
	return expression.MatchString(xcoderform.Sprint(value))
}

func xcoderPanics(run func(), isRight func(interface{}) bool) (panicked bool) {
	defer func() {
		if value := recover(); value != nil {
			panicked = isRight == nil || isRight(value)
		}
	}()
	run()
	return false
}

func xcoderSameJSON(want, got string) bool {
	var one, other interface{}
	return xcoderjson.Unmarshal([]byte(want), &one) == nil && xcoderjson.Unmarshal([]byte(got), &other) == nil &&
		xcoderreflect.DeepEqual(one, other)
}

func (xcoderAsserts) Equal(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderEqual(want, got), want, got)
}
func (xcoderAsserts) NotEqual(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, !xcoderEqual(want, got), want, got)
}
func (xcoderAsserts) EqualValues(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderEqual(want, got) || xcoderConverted(want, got), want, got)
}
func (xcoderAsserts) Exactly(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got) && xcoderEqual(want, got), want, got)
}
func (xcoderAsserts) Same(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got) && want == got, want, got)
}
func (xcoderAsserts) NotSame(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, !(xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got) && want == got), want, got)
}
func (xcoderAsserts) True(t xcoderFailing, value bool, message ...interface{}) bool {
	return xcoderCheck(t, value, true, value)
}
func (xcoderAsserts) False(t xcoderFailing, value bool, message ...interface{}) bool {
	return xcoderCheck(t, !value, false, value)
}
func (xcoderAsserts) Nil(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderNil(value), nil, value)
}
func (xcoderAsserts) NotNil(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, !xcoderNil(value), "not nil", value)
}
func (xcoderAsserts) NoError(t xcoderFailing, err error, message ...interface{}) bool {
	return xcoderCheck(t, err == nil, nil, err)
}
func (xcoderAsserts) Error(t xcoderFailing, err error, message ...interface{}) bool {
	return xcoderCheck(t, err != nil, "an error", err)
}
func (xcoderAsserts) EqualError(t xcoderFailing, err error, text string, message ...interface{}) bool {
	return xcoderCheck(t, err != nil && err.Error() == text, text, err)
}
func (xcoderAsserts) ErrorContains(t xcoderFailing, err error, part string, message ...interface{}) bool {
	return xcoderCheck(t, err != nil && xcodertext.Contains(err.Error(), part), part, err)
}
func (xcoderAsserts) ErrorIs(t xcoderFailing, err, target error, message ...interface{}) bool {
	return xcoderCheck(t, xcodererrors.Is(err, target), target, err)
}
func (xcoderAsserts) NotErrorIs(t xcoderFailing, err, target error, message ...interface{}) bool {
	return xcoderCheck(t, !xcodererrors.Is(err, target), target, err)
}
func (xcoderAsserts) ErrorAs(t xcoderFailing, err error, target interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcodererrors.As(err, target), target, err)
}
func (xcoderAsserts) Len(t xcoderFailing, value interface{}, length int, message ...interface{}) bool {
	return xcoderCheck(t, xcoderLength(value) == length, length, value)
}
func (xcoderAsserts) Empty(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderEmpty(value), "nothing", value)
}
func (xcoderAsserts) NotEmpty(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, !xcoderEmpty(value), "something", value)
}
func (xcoderAsserts) Zero(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, value == nil || xcoderreflect.ValueOf(value).IsZero(), "zero", value)
}
func (xcoderAsserts) NotZero(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, value != nil && !xcoderreflect.ValueOf(value).IsZero(), "not zero", value)
}
func (xcoderAsserts) Contains(t xcoderFailing, whole, part interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderContains(whole, part), part, whole)
}
func (xcoderAsserts) NotContains(t xcoderFailing, whole, part interface{}, message ...interface{}) bool {
	return xcoderCheck(t, !xcoderContains(whole, part), part, whole)
}
func (xcoderAsserts) Subset(t xcoderFailing, whole, parts interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderSubset(whole, parts), parts, whole)
}
func (xcoderAsserts) NotSubset(t xcoderFailing, whole, parts interface{}, message ...interface{}) bool {
	return xcoderCheck(t, !xcoderSubset(whole, parts), parts, whole)
}
func (xcoderAsserts) ElementsMatch(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderSameElements(want, got), want, got)
}
func (xcoderAsserts) InDelta(t xcoderFailing, want, got interface{}, delta float64, message ...interface{}) bool {
	return xcoderCheck(t, xcoderNear(want, got, delta), want, got)
}
func (xcoderAsserts) InDeltaSlice(t xcoderFailing, want, got interface{}, delta float64, message ...interface{}) bool {
	return xcoderCheck(t, xcoderNear(want, got, delta), want, got)
}
func (xcoderAsserts) InEpsilon(t xcoderFailing, want, got interface{}, epsilon float64, message ...interface{}) bool {
	return xcoderCheck(t, xcoderNear(want, got, epsilon*xcodermath.Abs(xcoderNumber(want))), want, got)
}
func (xcoderAsserts) Greater(t xcoderFailing, left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderOrder(left, right) > 0, right, left)
}
func (xcoderAsserts) GreaterOrEqual(t xcoderFailing, left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderOrder(left, right) >= 0, right, left)
}
func (xcoderAsserts) Less(t xcoderFailing, left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderOrder(left, right) < 0, right, left)
}
func (xcoderAsserts) LessOrEqual(t xcoderFailing, left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderOrder(left, right) <= 0, right, left)
}
func (xcoderAsserts) Positive(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderNumber(value) > 0, "above 0", value)
}
func (xcoderAsserts) Negative(t xcoderFailing, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderNumber(value) < 0, "below 0", value)
}
func (xcoderAsserts) Regexp(t xcoderFailing, pattern, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderMatches(pattern, value), pattern, value)
}
func (xcoderAsserts) NotRegexp(t xcoderFailing, pattern, value interface{}, message ...interface{}) bool {
	return xcoderCheck(t, !xcoderMatches(pattern, value), pattern, value)
}
func (xcoderAsserts) IsType(t xcoderFailing, want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(t, xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got), want, got)
}
func (xcoderAsserts) Condition(t xcoderFailing, holds func() bool, message ...interface{}) bool {
	return xcoderCheck(t, holds(), true, false)
}
func (xcoderAsserts) Panics(t xcoderFailing, run func(), message ...interface{}) bool {
	return xcoderCheck(t, xcoderPanics(run, nil), "a panic", nil)
}
func (xcoderAsserts) NotPanics(t xcoderFailing, run func(), message ...interface{}) bool {
	return xcoderCheck(t, !xcoderPanics(run, nil), "no panic", nil)
}
func (xcoderAsserts) PanicsWithValue(t xcoderFailing, want interface{}, run func(), message ...interface{}) bool {
	return xcoderCheck(t, xcoderPanics(run, func(value interface{}) bool { return xcoderEqual(want, value) }), want, nil)
}
func (xcoderAsserts) PanicsWithError(t xcoderFailing, text string, run func(), message ...interface{}) bool {
	return xcoderCheck(t, xcoderPanics(run, func(value interface{}) bool { err, isError := value.(error); return isError && err.Error() == text }), text, nil)
}
func (xcoderAsserts) JSONEq(t xcoderFailing, want, got string, message ...interface{}) bool {
	return xcoderCheck(t, xcoderSameJSON(want, got), want, got)
}
func (xcoderAsserts) Fail(t xcoderFailing, text string, message ...interface{}) bool {
	return xcoderCheck(t, false, text, nil)
}
func (xcoderAsserts) FailNow(t xcoderFailing, text string, message ...interface{}) bool {
	return xcoderCheck(t, false, text, nil)
}
func (b xcoderBound) Equal(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderEqual(want, got), want, got)
}
func (b xcoderBound) NotEqual(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, !xcoderEqual(want, got), want, got)
}
func (b xcoderBound) EqualValues(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderEqual(want, got) || xcoderConverted(want, got), want, got)
}
func (b xcoderBound) Exactly(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got) && xcoderEqual(want, got), want, got)
}
func (b xcoderBound) Same(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got) && want == got, want, got)
}
func (b xcoderBound) NotSame(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, !(xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got) && want == got), want, got)
}
func (b xcoderBound) True(value bool, message ...interface{}) bool {
	return xcoderCheck(b.t, value, true, value)
}
func (b xcoderBound) False(value bool, message ...interface{}) bool {
	return xcoderCheck(b.t, !value, false, value)
}
func (b xcoderBound) Nil(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderNil(value), nil, value)
}
func (b xcoderBound) NotNil(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, !xcoderNil(value), "not nil", value)
}
func (b xcoderBound) NoError(err error, message ...interface{}) bool {
	return xcoderCheck(b.t, err == nil, nil, err)
}
func (b xcoderBound) Error(err error, message ...interface{}) bool {
	return xcoderCheck(b.t, err != nil, "an error", err)
}
func (b xcoderBound) EqualError(err error, text string, message ...interface{}) bool {
	return xcoderCheck(b.t, err != nil && err.Error() == text, text, err)
}
func (b xcoderBound) ErrorContains(err error, part string, message ...interface{}) bool {
	return xcoderCheck(b.t, err != nil && xcodertext.Contains(err.Error(), part), part, err)
}
func (b xcoderBound) ErrorIs(err, target error, message ...interface{}) bool {
	return xcoderCheck(b.t, xcodererrors.Is(err, target), target, err)
}
func (b xcoderBound) NotErrorIs(err, target error, message ...interface{}) bool {
	return xcoderCheck(b.t, !xcodererrors.Is(err, target), target, err)
}
func (b xcoderBound) ErrorAs(err error, target interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcodererrors.As(err, target), target, err)
}
func (b xcoderBound) Len(value interface{}, length int, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderLength(value) == length, length, value)
}
func (b xcoderBound) Empty(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderEmpty(value), "nothing", value)
}
func (b xcoderBound) NotEmpty(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, !xcoderEmpty(value), "something", value)
}
func (b xcoderBound) Zero(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, value == nil || xcoderreflect.ValueOf(value).IsZero(), "zero", value)
}
func (b xcoderBound) NotZero(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, value != nil && !xcoderreflect.ValueOf(value).IsZero(), "not zero", value)
}
func (b xcoderBound) Contains(whole, part interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderContains(whole, part), part, whole)
}
func (b xcoderBound) NotContains(whole, part interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, !xcoderContains(whole, part), part, whole)
}
func (b xcoderBound) Subset(whole, parts interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderSubset(whole, parts), parts, whole)
}
func (b xcoderBound) NotSubset(whole, parts interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, !xcoderSubset(whole, parts), parts, whole)
}
func (b xcoderBound) ElementsMatch(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderSameElements(want, got), want, got)
}
func (b xcoderBound) InDelta(want, got interface{}, delta float64, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderNear(want, got, delta), want, got)
}
func (b xcoderBound) InDeltaSlice(want, got interface{}, delta float64, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderNear(want, got, delta), want, got)
}
func (b xcoderBound) InEpsilon(want, got interface{}, epsilon float64, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderNear(want, got, epsilon*xcodermath.Abs(xcoderNumber(want))), want, got)
}
func (b xcoderBound) Greater(left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderOrder(left, right) > 0, right, left)
}
func (b xcoderBound) GreaterOrEqual(left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderOrder(left, right) >= 0, right, left)
}
func (b xcoderBound) Less(left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderOrder(left, right) < 0, right, left)
}
func (b xcoderBound) LessOrEqual(left, right interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderOrder(left, right) <= 0, right, left)
}
func (b xcoderBound) Positive(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderNumber(value) > 0, "above 0", value)
}
func (b xcoderBound) Negative(value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderNumber(value) < 0, "below 0", value)
}
func (b xcoderBound) Regexp(pattern, value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderMatches(pattern, value), pattern, value)
}
func (b xcoderBound) NotRegexp(pattern, value interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, !xcoderMatches(pattern, value), pattern, value)
}
func (b xcoderBound) IsType(want, got interface{}, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderreflect.TypeOf(want) == xcoderreflect.TypeOf(got), want, got)
}
func (b xcoderBound) Condition(holds func() bool, message ...interface{}) bool {
	return xcoderCheck(b.t, holds(), true, false)
}
func (b xcoderBound) Panics(run func(), message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderPanics(run, nil), "a panic", nil)
}
func (b xcoderBound) NotPanics(run func(), message ...interface{}) bool {
	return xcoderCheck(b.t, !xcoderPanics(run, nil), "no panic", nil)
}
func (b xcoderBound) PanicsWithValue(want interface{}, run func(), message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderPanics(run, func(value interface{}) bool { return xcoderEqual(want, value) }), want, nil)
}
func (b xcoderBound) PanicsWithError(text string, run func(), message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderPanics(run, func(value interface{}) bool { err, isError := value.(error); return isError && err.Error() == text }), text, nil)
}
func (b xcoderBound) JSONEq(want, got string, message ...interface{}) bool {
	return xcoderCheck(b.t, xcoderSameJSON(want, got), want, got)
}
func (b xcoderBound) Fail(text string, message ...interface{}) bool {
	return xcoderCheck(b.t, false, text, nil)
}
func (b xcoderBound) FailNow(text string, message ...interface{}) bool {
	return xcoderCheck(b.t, false, text, nil)
}
@@gocmp

import (
	xcodergotext "fmt"
	xcodergodeep "reflect"
)

// The package cmp of go-cmp; options are accepted and have no effect.
type xcoderCmp struct{}

var cmp xcoderCmp

func (xcoderCmp) Equal(one, other interface{}, options ...interface{}) bool {
	return xcodergodeep.DeepEqual(one, other)
}

func (xcoderCmp) Diff(one, other interface{}, options ...interface{}) string {
	if xcodergodeep.DeepEqual(one, other) {
		return ""
	}
	return xcodergotext.Sprintf("-%#v\n+%#v", one, other)
}

func (xcoderCmp) AllowUnexported(types ...interface{}) interface{} { return nil }
