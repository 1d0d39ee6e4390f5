library(dplyr)
#' Area.
#' @export
area <- function(w, h = 1L, ...) {
  w * h + 0x1F + 1e3
}
sq = function(x) x^2
f2 <- \(x) x + 1
function(x) x -> g
`my fun` <- function() NULL
Foo <- R6Class("Foo", public = list(
  x = NULL,
  initialize = function(x) { self$x <- x },
  area = function() "s" 
), private = list(a = function() 1))
setClass("P", representation(x = "numeric"))
setMethod("show", "P", function(object) cat('x'))
setGeneric("area2", function(o, ...) standardGeneric("area2"))
obj$method <- function(a) a
test_that("works", { expect_equal(1, 1) })
x <- c(a = 1, b = TRUE, NA, r"(raw)", pkg::fn(1), `b t`, 5i)
assign("h", function(x) 1)
"str" <- function(x) 1
print.foo <- function(x, ...) {
  inner <- function(y) y
  if (x) inner(1) else lapply(x, function(z) z)
}
g2 <<- function() 1

# An ordinary comment documents, too.
compose <- function(f, g = identity, ...) function(x) f(g(x, ...))

`%+%` <- function(a, b) paste0(a, b)
`names<-.shape` <- function(x, value) {
  attr(x, "names") <- value
  x[["key"]] <- x$field %in% value
  invisible(x)
}

Counter <- setRefClass("Counter",
  fields = list(count = "numeric"),
  methods = list(
    initialize = function(...) {
      count <<- 0
      callSuper(...)
    },
    add = function(n = 1) {
      count <<- count + n
    }
  )
)

handlers <- list(error = function(e) NULL)
result <- tryCatch(area(1, 2), error = function(e) -1)

Point <- S7::new_class("Point", properties = list(x = S7::class_double))

repeat {
  if (is.null(x) || Inf > 2) break else next
}

broken <- function(x {
  x +
}

after <- function(x) {
  x
}
