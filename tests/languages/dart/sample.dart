library shapes;

import 'dart:math' as math show pi, sqrt;
import 'package:base/base.dart';
export 'src/other.dart';
part 'sample.g.dart';

const limit = 0x1F + 1.5e3;
typedef Handler = void Function(Event event);

/// A shape.
///
/// With sides.
@immutable
abstract class Shape<T extends num> extends Base with Logs implements Named {
  static final int count = 0;
  final List<T>? sides;

  /// Doubles a number.
  final int Function(int) twice = (x) => x * 2;
  static var half = (int x) {
    return x / 2;
  };

  /// Makes one.
  Shape(this.sides, {required String name, int scale = 1, super.key}) : assert(scale > 0), super(name) {
    print('made $name of ${sides.map((s) => "${s}cm")} \n');
  }

  const Shape.empty() : sides = null;
  Shape.named(int n) : this(List.filled(n, 0));

  factory Shape.of(Map<String, dynamic> json) {
    return Square(json['side']);
  }
  factory Shape.redirect(int x) = Square;

  /// Its area.
  double area(double scale, [int? extra]);

  @override
  Future<String> name(int kind, void then(String s)) async {
    int local(int x) => x + 1;
    final done = () { then(r'raw $name' "joined"); };
    final text = '''
many $kind
lines''';
    await for (final x in stream) {
      if (x is! String) continue;
    }
    return switch (kind) { 1 => 'one', _ => text } ?? this.toString();
  }

  int get size => sides!.length * 2;

  set size(int value) {
    this.value = value;
  }

  Shape operator +(Shape other) => this..add(other);
  bool operator ==(Object other) => identical(this, other);

  static Stream<int> numbers() sync* {
    yield 1;
  }

  external void draw();
}

/// Logs.
mixin Logs on Base {
  void log(String line) => print(line);
}

/// Members of strings.
extension Shouting on String {
  String shout() => toUpperCase() + '!';
}

extension type Id(int raw) {
  Id next() => Id(raw + 1);
}

/// Colours.
enum Colour {
  red(1),
  green(2);

  const Colour(this.code);
  final int code;
  String get label => name.toLowerCase();
}

sealed class Result {}

class Point extends Result { final int x, y; const Point(this.x, this.y); }

interface class Named { String text() => 'text'; }

/// Outside of classes.
int outside(int x) => math.sqrt(x).toInt();

get now => DateTime.now();

final parse = (String text) => int.parse(text);
final handlers = {
  'start': (Event e) => e.go(),
};

void main() {
  test('area', () {
    expect(Shape.empty().area(1.0), true);
  });
  void nested() {}
}

int broken(int x) {
  return x + ;
}

/// Still found.
int after(int x) => x;
