@@before
// Runs tests written for PHPUnit and Pest where these are not installed.

class XcoderAssertionFailedError extends Exception {}

class XcoderSkippedTest extends Exception {}

// Makes a call of exit before the end of the tests a failure.
class XcoderGuard
{
    public bool $finished = false;

    public function __destruct()
    {
        if (!$this->finished) {
            fwrite(STDERR, "Error: the program ended before its tests did\n");
            exit(1);
        }
    }
}

class XcoderValues
{
    public static function show(mixed $value): string
    {
        if (is_array($value)) {
            $items = [];
            foreach ($value as $key => $item) {
                $items[] = (array_is_list($value) ? '' : self::show($key) . ' => ') . self::show($item);
            }
            return '[' . implode(', ', $items) . ']';
        }
        if ($value instanceof Throwable) {
            return get_class($value) . ': ' . $value->getMessage();
        }
        return is_object($value) ? get_class($value) . ' object' : var_export($value, true);
    }

    // Equal as assertEquals has it: numbers by value, arrays whatever their order.
    public static function equal(mixed $expected, mixed $actual, float $delta = 0.0): bool
    {
        if (is_array($expected) && is_array($actual)) {
            if (count($expected) !== count($actual)) {
                return false;
            }
            foreach ($expected as $key => $value) {
                if (!array_key_exists($key, $actual) || !self::equal($value, $actual[$key], $delta)) {
                    return false;
                }
            }
            return true;
        }
        if (is_string($expected) && is_string($actual)) {
            return $expected === $actual;
        }
        if (is_object($expected) && is_object($actual)) {
            return get_class($expected) === get_class($actual) && $expected == $actual;
        }
        if (is_numeric($expected) && is_numeric($actual)) {
            return $expected == $actual || abs($expected - $actual) <= $delta;
        }
        return $expected == $actual;
    }

    public static function sorted(mixed $value): mixed
    {
        if (is_array($value)) {
            $value = array_map([self::class, 'sorted'], $value);
            sort($value);
        }
        return $value;
    }

    public static function contains(iterable $haystack, mixed $needle, bool $strict = true): bool
    {
        foreach ($haystack as $item) {
            if ($strict ? $item === $needle : self::equal($needle, $item)) {
                return true;
            }
        }
        return false;
    }

    public static function isOfType(string $type, mixed $value): bool
    {
        $test = 'is_' . strtolower($type);
        return function_exists($test) ? $test($value) : $value instanceof $type;
    }
}

class XcoderTestCase
{
    private array $xcoderExpected = [];

    public function __construct(private string $xcoderName = '') {}

    // What holds when the assertion passes. Arguments come first, then a message.
    // A name with Not in it asserts the contrary.
    private static function xcoderChecks(): array
    {
        static $checks;
        return $checks ??= [
            'True' => fn($condition) => $condition === true,
            'False' => fn($condition) => $condition === false,
            'Null' => fn($actual) => $actual === null,
            'Empty' => fn($actual) => $actual instanceof Countable ? count($actual) === 0 : empty($actual),
            'Same' => fn($expected, $actual) => $expected === $actual,
            'Equals' => fn($expected, $actual) => XcoderValues::equal($expected, $actual),
            'EqualsWithDelta' => fn($expected, $actual, $delta) => XcoderValues::equal($expected, $actual, $delta),
            'EqualsCanonicalizing' => fn($expected, $actual) =>
                XcoderValues::equal(XcoderValues::sorted($expected), XcoderValues::sorted($actual)),
            'EqualsIgnoringCase' => fn($expected, $actual) => strtolower($expected) === strtolower($actual),
            'Count' => fn($expectedCount, $haystack) =>
                (is_countable($haystack) ? count($haystack) : iterator_count($haystack)) === $expectedCount,
            'SameSize' => fn($expected, $actual) => count($expected) === count($actual),
            'Contains' => fn($needle, $haystack) => XcoderValues::contains($haystack, $needle),
            'ContainsEquals' => fn($needle, $haystack) => XcoderValues::contains($haystack, $needle, false),
            'ContainsOnly' => function ($type, $haystack) {
                foreach ($haystack as $item) {
                    if (!XcoderValues::isOfType($type, $item)) {
                        return false;
                    }
                }
                return true;
            },
            'ArrayHasKey' => fn($key, $array) => is_array($array) ? array_key_exists($key, $array) : isset($array[$key]),
            'IsList' => fn($array) => is_array($array) && array_is_list($array),
            'InstanceOf' => fn($expected, $actual) => $actual instanceof $expected,
            'ObjectHasProperty' => fn($propertyName, $object) => property_exists($object, $propertyName),
            'GreaterThan' => fn($expected, $actual) => $actual > $expected,
            'GreaterThanOrEqual' => fn($expected, $actual) => $actual >= $expected,
            'LessThan' => fn($expected, $actual) => $actual < $expected,
            'LessThanOrEqual' => fn($expected, $actual) => $actual <= $expected,
            'StringContainsString' => fn($needle, $haystack) => str_contains($haystack, $needle),
            'StringContainsStringIgnoringCase' => fn($needle, $haystack) =>
                str_contains(strtolower($haystack), strtolower($needle)),
            'StringStartsWith' => fn($prefix, $string) => str_starts_with($string, $prefix),
            'StringEndsWith' => fn($suffix, $string) => str_ends_with($string, $suffix),
            'MatchesRegularExpression' => fn($pattern, $string) => preg_match($pattern, $string) === 1,
            'JsonStringEqualsJsonString' => fn($expectedJson, $actualJson) =>
                XcoderValues::equal(json_decode($expectedJson, true), json_decode($actualJson, true)),
            'Json' => fn($actual) => json_decode($actual) !== null || trim($actual) === 'null',
            'FileExists' => fn($filename) => file_exists($filename),
            'Nan' => fn($actual) => is_nan($actual),
            'Infinite' => fn($actual) => is_infinite($actual),
            'Finite' => fn($actual) => is_finite($actual),
        ];
    }

    private const XCODER_OTHER_NAMES = [
        'ContainsOnlyInstancesOf' => 'ContainsOnly',
        'RegExp' => 'MatchesRegularExpression',
        'ObjectHasAttribute' => 'ObjectHasProperty',
        'ArrayIsList' => 'IsList',
    ];

    public static function __callStatic(string $method, array $arguments)
    {
        $checks = self::xcoderChecks();
        $name = preg_replace('/^assert/', '', $method);
        $positive = preg_replace(['/DoesNotMatch/', '/DoesNotExist/', '/Not/'], ['Matches', 'Exists', ''], $name);
        $key = self::XCODER_OTHER_NAMES[$positive] ?? $positive;
        $check = $checks[$key] ?? null;
        if (!$check && preg_match('/^Is(Array|String|Int|Float|Bool|Numeric|Callable|Iterable|Object|Scalar)$/', $key, $type)) {
            $check = fn($actual) => XcoderValues::isOfType($type[1], $actual);
        }
        if (!$check || $name === $method) {
            throw new Error("Call to undefined method $method()");
        }
        $count = (new ReflectionFunction($check))->getNumberOfParameters();
        $message = $arguments['message'] ?? $arguments[$count] ?? '';
        unset($arguments['message'], $arguments[$count]);
        if ($check(...$arguments) !== ($name === $positive)) {
            $shown = implode(', ', array_map([XcoderValues::class, 'show'], $arguments));
            static::fail(($message === '' ? '' : "$message: ") . "$method($shown) failed");
        }
    }

    public function __call(string $method, array $arguments)
    {
        self::__callStatic($method, $arguments);
    }

    public static function fail(string $message = ''): never
    {
        throw new XcoderAssertionFailedError($message);
    }

    public static function markTestSkipped(string $message = ''): never
    {
        throw new XcoderSkippedTest($message);
    }

    public static function markTestIncomplete(string $message = ''): never
    {
        throw new XcoderSkippedTest($message);
    }

    public function expectException(string $class): void
    {
        $this->xcoderExpected['class'] = $class;
    }

    public function expectExceptionMessage(string $message): void
    {
        $this->xcoderExpected['message'] = $message;
    }

    public function expectExceptionMessageMatches(string $pattern): void
    {
        $this->xcoderExpected['pattern'] = $pattern;
    }

    public function expectExceptionCode(int|string $code): void
    {
        $this->xcoderExpected['code'] = $code;
    }

    public function expectExceptionObject(Throwable $error): void
    {
        $this->expectException(get_class($error));
        $this->expectExceptionMessage($error->getMessage());
        $this->expectExceptionCode($error->getCode());
    }

    public function expectNotToPerformAssertions(): void {}

    // No return types here, as tests may leave them out.
    public static function setUpBeforeClass() {}

    public static function tearDownAfterClass() {}

    protected function setUp() {}

    protected function tearDown() {}

    // Runs a test with the hooks around it, and sees to the exception it expects.
    public function xcoderRun(callable $test): mixed
    {
        $this->setUp();
        try {
            $result = $test();
        } catch (XcoderSkippedTest $skipped) {
            throw $skipped;
        } catch (Throwable $error) {
            $unexpected = !$this->xcoderExpected
                || ($error instanceof XcoderAssertionFailedError && !isset($this->xcoderExpected['class']));
            if ($unexpected) {
                throw $error;
            }
            $this->xcoderCompare($error);
            return null;
        } finally {
            $this->tearDown();
        }
        if ($this->xcoderExpected) {
            self::fail('an exception with ' . XcoderValues::show($this->xcoderExpected) . ' was expected, but none was thrown');
        }
        return $result;
    }

    private function xcoderCompare(Throwable $error): void
    {
        $expected = $this->xcoderExpected;
        $asExpected = is_a($error, $expected['class'] ?? Throwable::class)
            && str_contains($error->getMessage(), $expected['message'] ?? '')
            && (!isset($expected['pattern']) || preg_match($expected['pattern'], $error->getMessage()))
            && $error->getCode() === ($expected['code'] ?? $error->getCode());
        if (!$asExpected) {
            $text = 'an exception with ' . XcoderValues::show($expected) . ' was expected, not ' . XcoderValues::show($error);
            throw new XcoderAssertionFailedError($text, 0, $error);
        }
    }
}

class_alias('XcoderTestCase', 'PHPUnit\Framework\TestCase');
class_alias('XcoderTestCase', 'PHPUnit\Framework\Assert');
class_alias('XcoderAssertionFailedError', 'PHPUnit\Framework\AssertionFailedError');
class_alias('XcoderAssertionFailedError', 'PHPUnit\Framework\ExpectationFailedException');

// A test of Pest.
class XcoderPestTest
{
    public bool $skipped = false;
    private array $datasets = [[]];
    private array $thrown = [];

    public function __construct(public ?Closure $body, public array $before, public array $after) {}

    public function with(iterable|Closure $rows): static
    {
        $combined = [];
        foreach ($this->datasets as $arguments) {
            foreach ($rows instanceof Closure ? $rows() : $rows as $row) {
                $combined[] = [...$arguments, ...(is_array($row) ? array_values($row) : [$row])];
            }
        }
        $this->datasets = $combined;
        return $this;
    }

    public function throws(string $class, ?string $message = null): static
    {
        $this->thrown = [$class, $message];
        return $this;
    }

    public function skip(mixed $condition = true): static
    {
        $this->skipped = $condition !== false;
        return $this;
    }

    public function todo(): static
    {
        return $this->skip();
    }

    public function group(string ...$names): static
    {
        return $this;
    }

    public function run(): int
    {
        if ($this->skipped || !$this->body) {
            return 0;
        }
        $ran = 0;
        foreach ($this->datasets as $arguments) {
            $case = new XcoderTestCase();
            if ($this->thrown) {
                [$class, $message] = $this->thrown;
                class_exists($class) || interface_exists($class) ? $case->expectException($class) : $message = $class;
                $message === null || $case->expectExceptionMessage($message);
            }
            $ran += XcoderTests::count(fn() => $case->xcoderRun(function () use ($case, $arguments) {
                foreach ([...$this->before, $this->body, ...$this->after] as $part) {
                    XcoderTests::bind($part, $case)(...($part === $this->body ? $arguments : []));
                }
            }));
        }
        return $ran;
    }
}

// What expect() of Pest returns.
class XcoderExpectation
{
    public function __construct(public mixed $value, private bool $negated = false) {}

    public function __get(string $name): static
    {
        if ($name !== 'not') {
            throw new Error("expect()->$name is not supported");
        }
        return new static($this->value, !$this->negated);
    }

    public function and(mixed $value): static
    {
        return new static($value);
    }

    // The assertion of PHPUnit a matcher stands for, which takes the value last ...
    private const LAST = [
        'toBe' => 'Same', 'toEqual' => 'Equals', 'toEqualCanonicalizing' => 'EqualsCanonicalizing',
        'toBeTrue' => 'True', 'toBeFalse' => 'False', 'toBeNull' => 'Null', 'toBeEmpty' => 'Empty', 'toBeNan' => 'Nan',
        'toBeArray' => 'IsArray', 'toBeString' => 'IsString', 'toBeInt' => 'IsInt', 'toBeFloat' => 'IsFloat',
        'toBeBool' => 'IsBool', 'toBeNumeric' => 'IsNumeric', 'toBeCallable' => 'IsCallable', 'toBeObject' => 'IsObject',
        'toBeIterable' => 'IsIterable', 'toBeInstanceOf' => 'InstanceOf', 'toHaveCount' => 'Count',
        'toHaveProperty' => 'ObjectHasProperty', 'toMatch' => 'MatchesRegularExpression',
        'toStartWith' => 'StringStartsWith', 'toEndWith' => 'StringEndsWith', 'toBeGreaterThan' => 'GreaterThan',
        'toBeGreaterThanOrEqual' => 'GreaterThanOrEqual', 'toBeLessThan' => 'LessThan',
        'toBeLessThanOrEqual' => 'LessThanOrEqual', 'toContainOnlyInstancesOf' => 'ContainsOnly', 'toBeJson' => 'Json',
    ];

    // ... and what else there is, by what holds.
    private function holds(string $name, array $arguments): bool
    {
        $value = $this->value;
        [$first, $second] = $arguments + [null, null];
        return match ($name) {
            'toBeTruthy' => (bool) $value,
            'toBeFalsy' => !$value,
            'toBeIn' => in_array($value, $first, true),
            'toBeBetween' => $value >= $first && $value <= $second,
            'toEqualWithDelta' => XcoderValues::equal($first, $value, $second),
            'toHaveLength' => (is_string($value) ? strlen($value) : count($value)) === $first,
            'toHaveKey' => array_key_exists($first, $value) && (count($arguments) < 2 || $value[$first] == $second),
            'toHaveKeys' => !array_diff($first, array_keys($value)),
            'toMatchArray' => XcoderValues::equal($first, array_intersect_key($value, $first)),
            'toContain' => !array_filter($arguments, fn($needle) =>
                !(is_string($value) ? str_contains($value, $needle) : XcoderValues::contains($value, $needle))),
            'toThrow' => $this->throws($first, $second),
            default => throw new Error("expect()->$name() is not supported"),
        };
    }

    private function throws(string|Throwable|null $expected, ?string $message): bool
    {
        try {
            ($this->value)();
        } catch (Throwable $error) {
            if ($expected instanceof Throwable) {
                [$expected, $message] = [get_class($expected), $expected->getMessage()];
            }
            $isClass = $expected !== null && (class_exists($expected) || interface_exists($expected));
            $message ??= $isClass ? '' : (string) $expected;
            return (!$isClass || $error instanceof $expected) && str_contains($error->getMessage(), $message);
        }
        return false;
    }

    public function __call(string $name, array $arguments): static
    {
        $assertion = self::LAST[$name] ?? null;
        if ($assertion) {
            $not = $this->negated ? 'Not' : '';
            XcoderTestCase::__callStatic("assert$not$assertion", [...$arguments, $this->value]);
        } elseif ($this->holds($name, $arguments) === $this->negated) {
            $shown = implode(', ', array_map([XcoderValues::class, 'show'], $arguments));
            $not = $this->negated ? '->not' : '';
            XcoderTestCase::fail('expect(' . XcoderValues::show($this->value) . ")$not->$name($shown) failed");
        }
        return new static($this->value);
    }
}

// What was found, and its run.
class XcoderTests
{
    public static int $firstLine;
    public static array $pest = [];
    public static array $before = [];
    public static array $after = [];

    public static function pest(?Closure $body): XcoderPestTest
    {
        return self::$pest[] = new XcoderPestTest($body, self::$before, self::$after);
    }

    public static function describe(Closure $body): void
    {
        [$before, $after] = [self::$before, self::$after];
        $body();
        [self::$before, self::$after] = [$before, $after];
    }

    public static function bind(Closure $body, object $self): Closure
    {
        return (new ReflectionFunction($body))->isStatic() ? $body : Closure::bind($body, $self, get_class($self));
    }

    // 1, or 0 if the test was skipped.
    public static function count(callable $test): int
    {
        try {
            $test();
            return 1;
        } catch (XcoderSkippedTest) {
            return 0;
        }
    }

    public static function run(XcoderGuard $guard): void
    {
        $ran = 0;
        foreach (get_declared_classes() as $name) {
            $class = new ReflectionClass($name);
            if ($class->isSubclassOf('XcoderTestCase') && !$class->isAbstract() && $class->getName() === $name) {
                $ran += self::runClass($class);
            }
        }
        foreach (self::$pest as $test) {
            $ran += $test->run();
        }
        foreach (get_defined_functions()['user'] as $name) {
            $function = new ReflectionFunction($name);
            $isTest = preg_match('/^test(_|[A-Z])/', $function->getName())
                && $function->getStartLine() > self::$firstLine
                && $function->getNumberOfRequiredParameters() === 0;
            $ran += $isTest ? self::count($function->getClosure()) : 0;
        }
        if (!$ran) {
            throw new Exception('no test was run');
        }
        $guard->finished = true;
    }

    private static function runClass(ReflectionClass $class): int
    {
        $name = $class->getName();
        $tests = array_filter($class->getMethods(ReflectionMethod::IS_PUBLIC), [self::class, 'isTest']);
        if (!$tests) {
            return 0;
        }
        $ran = 0;
        $results = []; // for @depends
        $name::setUpBeforeClass();
        foreach ($tests as $method) {
            foreach (self::rows($method) as $row) {
                $ran += self::count(function () use ($name, $method, $row, &$results) {
                    $case = new $name($method->getName());
                    $arguments = $row;
                    foreach (self::named($method, 'Depends') as [$other]) {
                        $arguments[] = $results[$other] ?? null;
                    }
                    $results[$method->getName()] = $case->xcoderRun(fn() => $method->invoke($case, ...$arguments));
                });
            }
        }
        $name::tearDownAfterClass();
        return $ran;
    }

    private static function isTest(ReflectionMethod $method): bool
    {
        return $method->getDeclaringClass()->getName() !== 'XcoderTestCase'
            && (str_starts_with($method->getName(), 'test')
                || self::named($method, 'Test'));
    }

    // The arguments of an attribute or annotation, once for each time it is there.
    private static function named(ReflectionMethod $method, string $attribute): array
    {
        $annotation = lcfirst($attribute);
        preg_match_all("/@$annotation\b[ \t]*(\w*)/", $method->getDocComment() ?: '', $matches);
        $found = array_map(fn($argument) => [$argument], $matches[1]);
        foreach ($method->getAttributes() as $given) {
            if (preg_match("/(^|\\\\)$attribute$/", $given->getName())) {
                $found[] = $given->getArguments();
            }
        }
        return $found;
    }

    private static function rows(ReflectionMethod $method): array
    {
        $rows = array_filter(array_map(fn($arguments) => $arguments[0], self::named($method, 'TestWith')), 'is_array');
        $class = $method->getDeclaringClass();
        $providers = self::named($method, 'DataProvider');
        foreach ($providers as [$name]) {
            $provider = new ReflectionMethod($method->class, $name);
            $values = $provider->invoke($provider->isStatic() ? null : $class->newInstance());
            foreach ($values as $row) {
                $rows[] = array_values($row);
            }
        }
        return $rows || $providers ? $rows : [[]];
    }
}

// Declared only where the tests have no functions of these names.
if (!function_exists('test')) {
    function test(string $description, ?Closure $body = null): XcoderPestTest
    {
        return XcoderTests::pest($body);
    }
}
if (!function_exists('it')) {
    function it(string $description, ?Closure $body = null): XcoderPestTest
    {
        return XcoderTests::pest($body);
    }
}
if (!function_exists('describe')) {
    function describe(string $description, Closure $body): void
    {
        XcoderTests::describe($body);
    }
}
if (!function_exists('beforeEach')) {
    function beforeEach(Closure $hook): void
    {
        XcoderTests::$before[] = $hook;
    }
}
if (!function_exists('afterEach')) {
    function afterEach(Closure $hook): void
    {
        array_unshift(XcoderTests::$after, $hook);
    }
}
if (!function_exists('expect')) {
    function expect(mixed $value = null): XcoderExpectation
    {
        return new XcoderExpectation($value);
    }
}
XcoderTests::$firstLine = __LINE__;
$xcoderGuard = new XcoderGuard();
@@after
XcoderTests::run($xcoderGuard);
