# Module text: not a snippet.
module Shapes

using LinearAlgebra
using Base: show, print
import Statistics

export area, Point

"""
    area(s, scale)

Area of `s`.
"""
function area(s::Shape, scale::Float64=1.0; unit=:cm, rest...)::Float64 where {T}
    factor(x) = x * 2.0e3 + 0x1F   # a local function
    return factor(s.width) * Statistics.mean([scale, 1])
end

# A short definition.
square(x) = x^2
Base.show(io::IO, s::Shape) = print(io, "shape $(s.width + 1) and $s")
identity2(x::T) where {T<:Real} = x
typed(x)::Int = 1

abstract type AbstractShape{T} <: Any end

"A point."
struct Point{T} <: AbstractShape{T}
    x::T
    y::T

    Point{T}(x) where {T} = new(x, x)
    function Point(x)
        new(x)
    end
end

mutable struct Counter
    count::Int
end

Base.@kwdef struct Options
    depth::Int = 1
end

@enum Color red green

@inline function fast(x)
    @assert x > 0
    x
end

@inline faster(x) = x

"Says hello."
macro sayhello(name)
    return :(println("Hello, ", $name))
end

const cube = x -> x^3
block = function (x, y)
    x < y ? 'a' : '\n'
end

(p::Point)(x) = p.x + x
function (c::Counter)(x, y)
    c.count += 1
end

Base.:+(a::Point, b::Point) = Point(a.x + b.x)
Base.:(==)(a::Point, b::Point) = a.x == b.x
-(a::Point) = a

function nothing_yet end

compound(xs) = begin
    map(xs) do x
        x isa Number && return x
        r"[a-z]+"i, `ls $x`, true, nothing
    end
end

@testset "shapes" begin
    helper() = 1
    @test helper() == 1
end

#= A block comment
   is not code. =#
for i in 1:3
    println(i)
end

end

function broken(x
    return x +
end

function after(x)
    x
end
