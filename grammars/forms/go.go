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
