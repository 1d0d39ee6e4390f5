// A sample of what C# can declare; the extraction of this file is a snapshot.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using static System.Math;
using Map = System.Collections.Generic.Dictionary<string, int>;

namespace Sample.Shapes
{
    /// <summary>Something with an area; see <see cref="Circle"/>.</summary>
    public interface IShape
    {
        /// <summary>The area in square metres.</summary>
        double Area { get; }

        double Perimeter();

        string Describe() => $"{GetType().Name}: {Area:F2} m\u00b2";
    }

    /// <summary>A circle.</summary>
    /// <param name="Radius">Radius in metres, <c>&gt; 0</c>.</param>
    public sealed record Circle(double Radius) : IShape
    {
        public double Area => PI * Radius * Radius;

        public double Perimeter() => 2 * PI * Radius;
    }

    public readonly record struct Point(int X, int Y)
    {
        public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

        public static Point operator -(Point a) => new(-a.X, -a.Y);

        public static implicit operator Point((int X, int Y) pair) => new(pair.X, pair.Y);

        public static explicit operator int(Point point) => point.X;
    }

    [Flags]
    public enum Colours : byte
    {
        None = 0,
        Red = 1,
        Green = 1 << 1,
    }

    public delegate bool Filter<in T>(T value);

    /// <summary>
    /// A bag of shapes.
    /// </summary>
    public abstract class Bag<T> : IEnumerable<T>, IDisposable
        where T : IShape
    {
        private static readonly Func<double, double, double> Add = (a, b) => a + b;
        private readonly List<T> _items = [];
        private EventHandler? _changed;

        static Bag()
        {
            Created = 0;
        }

        protected Bag(params T[] items)
            : this((IEnumerable<T>)items)
        {
        }

        private protected Bag(IEnumerable<T> items)
        {
            _items.AddRange(items);
            Created++;
        }

        ~Bag()
        {
            Dispose(false);
        }

        public event EventHandler Changed
        {
            add => _changed += value;
            remove => _changed -= value;
        }

        public static int Created { get; private set; }

        public int Count => _items.Count;

        public double Total
        {
            get
            {
                var total = 0.0;
                foreach (var item in _items)
                {
                    total = Add(total, item.Area);
                }

                return total;
            }
        }

        public T this[int index]
        {
            get => _items[index];
            set => _items[index] = value ?? throw new ArgumentNullException(nameof(value));
        }

        public abstract void Paint(Colours colour);

        /** <summary>Counts the shapes by name.</summary>
          * <returns>Name and number.</returns>
          */
        public Map CountByName()
        {
            var counts = new Map();
            foreach (var group in from item in _items group item by item.GetType().Name)
            {
                counts[group.Key] = group.Count();
            }

            return counts;
        }

        [Obsolete("Use Total.")]
        public async Task<double> TotalAsync(
            int delay, // milliseconds
            bool verbose = false)
        {
            await Task.Delay(delay);
            return Sum(0);

            double Sum(int index) => index == _items.Count ? 0 : _items[index].Area + Sum(index + 1);
        }

        public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            Func<int, int> twice = x => 2 * x;
            Action log = delegate { Console.WriteLine(twice(Count)); };
            log();
        }

        public struct Cursor
        {
            public int Position;

            public bool MoveNext() => ++Position < 10;
        }
    }

    public static class Extensions
    {
        public static bool IsLarge(this IShape shape) => shape.Area > 100;

        extension(string text)
        {
            public bool IsBlank => text.Trim().Length == 0;

            public string Twice() => text + text;
        }
    }

#if DEBUG
    internal static class OnlyInDebug
    {
        internal static void Never() { }
    }
#endif
}

namespace Sample.Tests
{
    public class ShapeTests
    {
        [Fact]
        public void Area_OfUnitCircle_IsPi()
        {
            Assert.Equal(Math.PI, new Shapes.Circle(1).Area);
        }

        private sealed class FactAttribute : Attribute;

        private static class Assert
        {
            public static void Equal(double expected, double actual)
            {
                if (expected != actual)
                {
                    throw new InvalidOperationException($"expected {expected}, got {actual} 💥");
                }
            }
        }
    }
}
