package org.example
package shapes

import scala.math.Pi
import org.example.base.{Named => HasName, *}

/** A shape.
  *
  * @tparam T unit of its sides
  */
@deprecated("old", "1.0")
abstract class Shape[T <: Number](val sides: List[T], private val name: String = "x")(implicit unit: Unit) extends Base with HasName {
  val limit = 0x1F + 1L + 1.5e3
  /** Doubles a number. */
  val twice: Int => Int = x => x * 2
  var half = (x: Int) => { x / 2 }
  lazy val total = (a: Int, b: Int) => a + b

  /** Makes one of a count. */
  def this(count: Int) = {
    this(Nil)
  }

  /** Its area. */
  def area(scale: Double): Double

  @tailrec
  override final def compare[R: Ordering](other: Shape[T])(using r: R): Int = {
    def local(x: Int) = x + 'a'
    val text = s"$name of ${sides.map(s => s"${s}cm")} f"
    val raw = """raw
      text"""
    local(1) match {
      case 1 if true => -1
      case Shape(_, n @ _) => `odd name`
      case _ => null
    }
  }

  def +(other: Shape[T]): Shape[T] = this
  def unary_! : Boolean = false
  def size_=(value: Int): Unit = { this.value = value }
  def procedure() { println("old syntax") }

  class Inner { def id = Shape.this }
}

/** Its companion. */
object Shape {
  def apply[T](sides: T*): Shape[T] = new Shape[T](sides.toList) {
    def area(scale: Double) = scale
  }
  implicit class Shouting(val text: String) extends AnyVal { def shout: String = text.toUpperCase }
  implicit val ordering: Ordering[Int] = Ordering.by(identity)
  type Handler = Event => Unit
}

trait Named {
  def name: String
  def text: String = name
}

case class Point(x: Int, y: Int) { def norm = math.sqrt(x * x + y * y) }
case object Origin extends Point(0, 0)

package object tools { def now(): Long = 1L }

enum Colour(val code: Int):
  case Red extends Colour(1)
  case Green extends Colour(2)
  def label: String = toString.toLowerCase

/** Members of strings. */
extension (text: String)
  def shouted: String = text.toUpperCase
  def twice(n: Int): String =
    val doubled = text * 2
    doubled

given intOrder: Ordering[Int] with
  def compare(a: Int, b: Int): Int = a - b

@main def run(args: String*): Unit =
  for
    x <- List(1, 2)
    if x > 1
  yield println(x)

class ShapeSpec extends AnyFunSuite {
  test("area") {
    assert(Shape(1).area(1.0) == true)
  }
}

def broken(x: Int = {
  x +
}

/** Still found. */
object After {
  def after(x: Int): Int = x
}
