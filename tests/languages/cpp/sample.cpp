// A file comment: documents nothing.

#include <vector>
#include "shape.hpp"

#define LIMIT 10

using std::string;

namespace geometry::plane {

/// A point in the plane.
template <typename T = double>
struct Point {
  T x{}, y{};
  auto operator<=>(const Point&) const = default;
};

/**
 * A shape.
 */
class Shape : public Base, private detail::Mixin<Shape> {
 public:
  Shape() = default;
  explicit Shape(int sides) : Base(sides), sides_(sides) {}
  Shape(const Shape&) = delete;
  virtual ~Shape() { clear(); }

  // Area in square metres.
  virtual double area() const = 0;
  void forward();

  [[nodiscard]] int sides() const noexcept { return sides_; }
  static Shape* create(const string& name);
  int& operator[](size_t i) { return values_[i]; }
  explicit operator bool() const { return sides_ > 0; }

  template <class F>
  auto each(F&& f) -> decltype(f(0)) {
    return f(sides_);
  }

  friend void swap(Shape& a, Shape& b) { std::swap(a.sides_, b.sides_); }

  enum class Kind : unsigned char { Open, Closed = 1 };
  struct Inner {
    union { int i; float f; };
    void run() { }
  };

 private:
  int sides_ = 0x1F;
  std::vector<int> values_;
};

Shape* Shape::create(const string& name) {
  return new Shape(static_cast<int>(name.size()));
}

void Shape::Inner::reset() {}

template <typename T>
Point<T>& Point<T>::operator+=(const Point<T>& other) {
  this->x += other.x;
  return *this;
}

template <>
int Point<int>::get<int>(int) { return 'a'; }

geometry::Shape::Shape(double d) try : sides_(d) {
} catch (...) {
}

Shape::operator int() const { return 1; }

}  // namespace geometry::plane

namespace {

// Local to the file.
constexpr double area(double width, double height = 1.0) {
  return width * height + 1'000 + 1e-3;
}

}  // namespace

typedef struct tag { int id; } Tag;

union Value { int i; float f; };

enum Colour { RED, GREEN = 1 << 2 };

int operator""_km(unsigned long long value) { return value * 1000_km; }

auto main(int argc, char** argv) -> int {
  auto square = [&](int x) { return x * x; };
  const std::function<void()> done = [=]() mutable -> void { };
  for (const auto& [key, value] : table) {
    std::cout << key << R"(raw
text)" << u8"text\n" << nullptr << true;
  }
  return square(argc);
}

class SHAPE_EXPORT Exported final : public Shape {
 public:
  Exported() : Shape(1) {}
  void lock() EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }
};

TEST_F(ShapeTest, HasSides) {
  EXPECT_EQ(3, Shape(3).sides());
}

int broken(int x) {
  return x +;
}

int after(int x) {
  return x;
}
