# Module text: not a snippet.
defmodule MyApp.Shape do
  @moduledoc """
  Shapes.
  """

  use GenServer
  import Enum, only: [map: 2, sum: 1]
  alias MyApp.{Point, Line}
  alias MyApp.Units, as: U
  require Logger

  @type t :: %__MODULE__{width: integer}
  @default 2

  defstruct [:width, height: 1]

  @doc """
  Area of a shape.

      iex> area(%{width: 1})
  """
  @spec area(t, integer) :: integer
  def area(shape, factor \\ @default)

  def area(%{width: w}, factor) when w > 0 do
    w * factor + 0x1F
  end

  # clauses of one name and arity are one function
  def area(_, 0), do: 1.5e3

  def area(shape) when is_nil(shape), do: nil

  @doc false
  @impl true
  def init(arg) do
    {:ok, arg}
  end

  # A private function.
  defp helper(x), do: x |> map(&(&1 + 1)) |> sum()

  def no_arguments do
    add = fn a, b -> a + b end
    add.(?a, Point.x())
  end

  def left <~> right, do: {left, right}

  @doc "Unless, again."
  defmacro unless2(condition, do: block) do
    quote do
      if(!unquote(condition), do: "x #{unquote(block)} y" <> ~s(sigil #{1}) <> 'c')
    end
  end

  defguard is_small(x) when is_integer(x) and x < 10

  defdelegate log(message), to: Logger

  defmodule Inner do
    def nested?(x), do: U.convert(x) == :"quoted atom"
  end
end

defmodule MyApp.Functions do
  def run!(list) do
    case list do
      [] -> :empty
      [head | _] when head in [true, false] -> head
      _ -> for x <- list, do: x
    end
  end
end

defprotocol MyApp.Sized do
  @doc "The size."
  def size(value)
end

defimpl MyApp.Sized, for: Integer do
  def size(value), do: value
end

defimpl MyApp.Sized, for: [Map, List] do
  def size(value), do: Enum.count(value)
end

defmodule MyApp.ShapeTest do
  use ExUnit.Case

  test "area", %{shape: shape} do
    assert MyApp.Shape.area(shape) == 1
  end

  defp fixture(), do: %MyApp.Shape{width: 1}
end

defmodule Broken do
  def broken(x do
    x +
end

defmodule After do
  def later(x) do
    x
  end
end
