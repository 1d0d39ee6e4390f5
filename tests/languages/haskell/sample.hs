{-# LANGUAGE ScopedTypeVariables #-}
-- | Module docs.
module Data.Shape (area, Shape(..)) where

import qualified Data.Map.Strict as M
import Data.List (sortBy, foldl')
import Prelude hiding (lookup)

-- | A shape.
data Shape
  = Circle { radius :: !Double } -- ^ round
  | Square Double
  deriving (Eq, Show)

newtype Wrapper a = Wrapper { unWrap :: a }

type Name = String

-- | Things with area.
class HasArea a where
  type Unit a
  -- | The area.
  area :: a -> Double
  scale :: Double -> a -> a
  scale _ x = x

instance HasArea Shape where
  area (Circle r) = pi * r * r
  area (Square s) = s ^ 2

-- | Doubles.
double :: Int -> Int
double x = x * 2

-- | Factorial by equations.
factorial :: Integer -> Integer
factorial 0 = 1
-- in between
factorial n
  | n < 0 = error "negative"
  | otherwise = n * factorial (n - 1)

infixl 6 |+|
(|+|) :: Int -> Int -> Int
a |+| b = a + b
x `plus` y = x + y

compose :: [a] -> Int
compose = length . filter id . map (\x -> 'c' == x)
  where
    helper :: Int -> Int
    helper y = y + 0x1F + 1.5e3
    z = 3

constant = 42
(p, q) = (1, 2)

main :: IO ()
main = do
  let go 0 = return ()
      go n = go (n - 1)
  putStrLn "hi\n"
  M.lookup 1 M.empty `seq` go 3
{-# INLINE main #-}

data GADT a where
  IntG :: Int -> GADT Int

type family F a where
  F Int = Bool

pattern P x <- (x, _)
foreign import ccall "math.h sin" c_sin :: Double -> Double
deriving instance Show (GADT a)

-- Operators in brackets, guards and a view of several names.
(<&&>), (<||>) :: Monad m => m Bool -> m Bool -> m Bool
(<&&>) a b = a >>= \x -> if x then b else pure False
(f <.> g) x = f (g x)

classify :: Int -> String
classify n
  | even n = "even"
  | otherwise = case n of
      1 -> "one"
      _ -> [c | c <- show n, c /= '0']

{- A block comment
   over two lines. -}
parser :: Parser Int
parser = many digit <|> pure (-1)

instance Functor Wrapper where
  fmap f (Wrapper a) = Wrapper (f a)
  (<$) = fmap . const

prop_reverse xs = reverse (reverse xs) == (xs :: [Int])

broken x = let y = in (

after :: Int -> Int
after x = x
