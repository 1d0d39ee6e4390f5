<?php
declare(strict_types=1);

namespace Acme\Shapes;

use Acme\Base\{Named, Sized as HasSize};
use Psr\Log\LoggerInterface;
use function strlen;

const LIMIT = 0x1F;

/**
 * A shape.
 *
 * @template T
 */
#[Entity(name: 'shape')]
abstract class Shape extends Base implements Named, HasSize
{
    use Logs, Counts { Logs::write as protected log; }

    public const int SIDES = 4 + 0b11 + 017 + 1_000;
    protected ?string $name = null;
    private static array $cache = ['a' => 1.5e3, "b$key" => true];

    /** Makes one. */
    public function __construct(private readonly int $width, protected ?Unit &$unit = null, string ...$rest)
    {
        parent::__construct();
    }

    public function __destruct() { $this->close(); }

    /**
     * Its name.
     */
    #[Pure] #[Cached(10)]
    final public static function name(int|string $kind, Closure $then): ?string
    {
        $twice = fn(int $x): int => $x * 2;
        $half = static function ($x) use ($twice, &$kind) {
            return $x / 2;
        };
        $text = "{$kind} of ${name} and $this->name[0] or {$then($half)}";
        $here = <<<TEXT
          shape {$kind}
          of $text
          TEXT;
        $now = <<<'RAW'
          raw $text
          RAW;
        return $text . 'single' . PHP_EOL . `ls $text`;
    }

    abstract protected function area(): float;

    public string $full {
        get => $this->name . '!';
        set(string $value) { $this->name = $value; }
    }
}

interface Named
{
    /** The name. */
    public function text(): string;
}

/** Logs. */
trait Logs
{
    private function write(string $line): void
    {
        $anonymous = new class($line) implements Named {
            public function text(): string { return 'anonymous'; }
        };
        function local() { return \Acme\now(); }
    }
}

enum Colour: string
{
    case Red = 'red';
    case Green = 'green';

    public function label(): string
    {
        return match ($this) {
            self::Red => 'R', default => null,
        };
    }
}

/** Outside of classes. */
function outside(array $items = []): iterable
{
    foreach ($items as $key => [$a, 'b' => $b]) {
        yield $key => $a <=> $b;
    }
}

$handlers = [
    'start' => function (Event $event) { $event->go(); },
    "stop" => fn($event) => $event->halt(),
];
$this->resolver = static fn() => new Shape(1);

class ShapeTest extends TestCase
{
    #[Test]
    public function adds(): void { $this->assertSame(1, 1); }
}
?>
<p>Text <?= $title ?> and <b>markup</b></p>
<?php if ($x): ?>
  <i>x</i>
<?php endif; ?>
<?php
function broken($x {
    return $x +;
}

/** Still found. */
function after($x) { return $x; }
