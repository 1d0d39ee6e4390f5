#!/usr/bin/env lua
local json = require "json"
local base = require("shapes.base")

local M = {}
M.limit = 0x1F + 1e3

--- Makes a shape.
-- @param sides its sides
function M.new(sides, ...)
  local self = setmetatable({ sides = sides, name = "a shape" }, { __index = M })
  for i, v in ipairs({ ... }) do
    self[i] = v ~= nil and not false
  end
  return self
end

-- Its area.
function M:area(scale)
  -- a local function
  local function helper(x)
    return x // 2 + self.sides
  end
  local done = function(y) return y .. 'single' end
  return helper(scale) .. done [[
long $string
]]
end

function M.deep.er.name() end

-- Global.
function global() return math.pi, #arg end

local recursive
recursive = function(n)
  if n <= 0 then return 0 end
  goto again
  ::again::
  return recursive(n - 1)
end

M.assigned = function(self, x)
  return json.encode(x)
end

M["by key"] = function() return true end

local handlers = {
  start = function(event)
    event:go()
  end,
  ["stop"] = function(event) event:halt() end,
  [1] = function() end,
}

local a <const>, b = function() return 1 end, function() return 2 end

--[[ A block
comment. ]]
local function documented(x)
  while x > 0 do x = x - 1 end
  repeat x = x + 1 until x == 10
  return x
end

describe("shapes", function()
  it("has an area", function()
    assert.equal(4, M.new(4):area(1))
  end)
end)

local function broken(x
  return x +
end

-- Still found.
local function after(x)
  return x
end

return M
