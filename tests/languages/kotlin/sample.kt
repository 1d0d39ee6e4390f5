@file:JvmName("Shapes")
package org.example.shapes

import kotlin.math.PI
import org.example.base.*
import java.util.List as JavaList

const val LIMIT = 0x1F + 0b11 + 1_000L
typealias Handler = (Event) -> Unit

/**
 * A shape.
 *
 * @param T unit of its sides
 */
@Serializable
abstract class Shape<T : Number>(val sides: List<T>, private var name: String? = null) : Base(), Named where T : Comparable<T> {
    /** Doubles a number. */
    val twice: (Int) -> Int = { x -> x * 2 }
    private val half = fun(x: Int): Int { return x / 2 }

    /** Makes one of a count. */
    constructor(count: Int, unit: Unit = Unit) : this(listOf()) {
        println("made $count of ${sides.map { "${it}cm" }}")
    }

    init {
        check(true)
    }

    /** Its area. */
    @JvmStatic @Throws(Missing::class)
    abstract fun area(scale: Double = 1.5e3): Double

    override fun compareTo(other: Shape<T>): Int = sides.size - other.sides.size

    suspend inline fun <reified R> load(crossinline then: suspend (R) -> Unit, vararg rest: String): R? {
        fun local(x: Int) = x + 'a'.code
        val done = { println("""raw $name
            text ${local(1)}""") }
        return null
    }

    var size: Int = 1
        get() = field * 2
        set(value) {
            field = value
        }

    val Shape<*>.double: Int
        get() {
            return size * 2
        }

    inner class Inner { fun id() = this@Shape }

    companion object {
        fun origin(): Shape<Int> = TODO()
    }

    companion object Named : Factory<Shape> { override fun create() = null }
}

interface Named {
    fun name(): String
    fun text(): String = "text"
}

fun interface Action { fun run() }

/** Colours. */
enum class Colour(val code: Int) {
    RED(1), GREEN(2) { override fun label() = "g" };

    open fun label(): String = name.lowercase()
}

data class Point(val x: Int, val y: Int) {
    operator fun plus(other: Point) = Point(x + other.x, y + other.y)
}

sealed interface Result
object Registry : Result {
    val handlers = mapOf("a" to { e: Event -> e.go() })
    fun register(handler: Handler) { handler(Event) }
}
annotation class Marker(val times: Int = 1)
@JvmInline value class Id(val raw: String)

/** An extension. */
fun String.shout(): String = uppercase() + "!"
infix fun <T> List<T>.andAlso(other: List<T>) = this + other
tailrec fun `name with spaces`(n: Int): Int = if (n <= 0) 0 else `name with spaces`(n - 1)

val parse = { text: String -> text.toInt() }
val lazyValue by lazy { 1 }

class ShapeTest {
    @Test
    fun area() {
        val shape = object : Named { override fun name() = "anonymous" }
        when (shape) { is Named -> 1; !in setOf(1) -> 2; else -> null }
    }
}

fun broken(x: Int {
    return x +
}

/** Still found. */
fun after(x: Int): Int = x
