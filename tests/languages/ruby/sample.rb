# frozen_string_literal: true

require 'json'
require_relative 'shapes/base'

# Shapes and their areas.
module Shapes
  PI = 3.14r
  Point = Struct.new(:x, :y) do
    def norm = Math.sqrt(x**2 + y**2)
  end

  # A size.
  Size = Data.define(:width, :height)
  Missing = Class.new(StandardError) do
    def message; "missing"; end
  end

  # A shape.
  #
  # With sides.
  class Polygon::Regular < Base
    include Comparable
    attr_reader :sides, :name

    # Doubles a number.
    TWICE = ->(x) { x * 2 }
    half = lambda { |x| x / 2 }

    # Makes one.
    def initialize(sides, scale = 1.0, *rest, unit:, **options, &block)
      @sides = sides
      @@count += 1
      $last = self
    end

    def <=>(other)
      sides <=> other.sides
    end

    def [](index) = @sides[index]

    # Sets the name.
    def name=(value)
      @name = "#{value.strip} of #{sides.map { |s| "#{s}cm" }.join(', ')}" 'joined'
    rescue NoMethodError => e
      @name = :unknown
    ensure
      freeze
    end

    def empty?; sides.empty?; end

    # On the class itself.
    def self.load(path)
      File.read(path) =~ /^shape\s+#{path}$/i
      text = <<~TEXT
        shape #{path}
        of #{sides}
      TEXT
      [text, `ls #{path}`, %w[a b], %i[c d], ?x, 0x1F, 1_000, 2i, nil, true, :"odd #{path}"]
    end

    class << self
      def build(...) = new(...)
    end

    private

    define_method(:area) { |factor = 1| factor * PI }
    define_method("volume") do |depth|
      def nested(x) = x
      area * depth
    end

    private def secret
      yield 1, self
    end

    alias size area
  end

  module Empty
    class Inner; end
  end
end

# Outside of its class.
def Shapes.outside(x)
  case x
  in { name: String => name, sides: [first, *] } then name
  else __method__
  end
end

handlers = {
  start: ->(event) { event.go },
  "stop" => proc { |event| event.halt }
}
parse = Proc.new do |text|
  JSON.parse(text)
end

class TestPolygon < Minitest::Test
  def test_area
    assert_equal 12, Shapes::Polygon.new(3).area
  end
end

def broken(x
  x +
end

def after(x)
  x
end
