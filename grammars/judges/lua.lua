@@common
local xcoder_input, xcoder_format, xcoder_out = io.open(os.getenv("XCODER_VALUES"), "rb"), string.format, io.stdout
local xcoder_type, xcoder_math, xcoder_pairs, xcoder_meta, xcoder_error, xcoder_next = type, math.type, pairs, getmetatable, error, next
local function xcoder_hex(text) return (text:gsub(".", function(c) return xcoder_format("%02x", c:byte()) end)) end
local function xcoder_show(value, depth)
  local kind = xcoder_type(value)
  if depth > 60 then xcoder_error("unprintable") end
  if kind == "nil" then return "n" end
  if kind == "boolean" then return value and "t" or "f" end
  if kind == "number" then
    if xcoder_math(value) == "integer" then return xcoder_format("i%d;", value) end
    return "d" .. (value ~= value and "NaN" or value == 1 / 0 and "Infinity" or value == -1 / 0 and "-Infinity" or xcoder_format("%.17g", value)) .. ";"
  end
  if kind == "string" then return "s" .. xcoder_hex(value) .. ";" end
  if kind ~= "table" or xcoder_meta(value) ~= nil then xcoder_error("unprintable") end
  local count, parts = 0, {}
  for key, item in xcoder_next, value do
    count = count + 1
    parts[count] = xcoder_show(key, depth + 1) .. xcoder_show(item, depth + 1)
  end
  return "m" .. count .. ";" .. table.concat(parts)
end
local function xcoder_read(text, at)
  local tag = text:sub(at, at)
  at = at + 1
  if tag == "n" or tag == "v" then return nil, at end
  if tag == "t" or tag == "f" then return tag == "t", at end
  local finish = text:find(";", at, true)
  local digits = text:sub(at, finish - 1)
  at = finish + 1
  if tag == "i" or tag == "c" then return math.tointeger(tonumber(digits)) or tonumber(digits), at end
  if tag == "d" then return ({ NaN = 0 / 0, Infinity = 1 / 0, ["-Infinity"] = -1 / 0 })[digits] or tonumber(digits) + 0.0, at end
  if tag == "s" or tag == "b" or tag == "y" then return (digits:gsub("..", function(c) return string.char(tonumber(c, 16)) end)), at end
  local result = { n = tag ~= "m" and tonumber(digits) or nil }
  for i = 1, tonumber(digits) do
    local key, item = i, nil
    if tag == "m" then key, at = xcoder_read(text, at) end
    item, at = xcoder_read(text, at)
    result[key] = item
  end
  return result, at
end
local function xcoder_pack(...)
  local packed, parts = table.pack(...), {}
  for i = 1, packed.n do parts[i] = xcoder_show(packed[i], 0) end
  return "u" .. packed.n .. ";" .. table.concat(parts)
end
local function xcoder_line(text)
  xcoder_out:write("\n{secret} ", text, "\n")
  xcoder_out:flush()
end

@@answer
{code}

do
{common}
local xcoder_table = { {entries} }
for text in xcoder_input:lines() do
  local index, key, wire = text:match("^(%d+) (%S+) (%S+)$")
  local arguments = xcoder_read(wire, 1)
  local results = table.pack(pcall(xcoder_table[key], table.unpack(arguments, 1, arguments.n)))
  local fine, after = pcall(function() return xcoder_pack(table.unpack(arguments, 1, arguments.n)) end)
  if not results[1] and type(results[2]) ~= "string" then
    xcoder_line("# " .. index)
  elseif not results[1] then
    xcoder_line("! " .. index .. " s; s" .. xcoder_hex(tostring(results[2]):sub(1, 2000)) .. ";")
  else
    local shown
    fine, shown = pcall(function() return xcoder_pack(table.unpack(results, 2, results.n)) end)
    xcoder_line(fine and "= " .. index .. " " .. shown .. " " .. after or "# " .. index)
  end
end
end

@@judge
local xcoder_define, xcoder_done
do
{common}
local function refuse(reason)
  xcoder_line("# " .. reason)
  os.exit(3)
end
local own = {}
function xcoder_define(key)
  local at, parts = _G, {}
  for name in key:gmatch("[^.]+") do parts[#parts + 1] = name end
  for i, name in ipairs(parts) do
    if at[name] ~= nil and not own[at[name]] then refuse("the answer redefines '" .. name .. "'") end
    if i < #parts then
      at[name] = at[name] or {}
      own[at[name]] = true
      at = at[name]
    else
      at[name] = function(...)
        local count, given = select("#", ...), { ... }
        local fine, shown = pcall(xcoder_pack, ...)
        if not fine then refuse("the tests pass something that is no value") end
        xcoder_line("? " .. key .. " " .. shown)
        local kind, value, after = xcoder_input:read("L"):match("^(%S+) (%S+) (%S+)")
        value, after = xcoder_read(value, 1), xcoder_read(after, 1)
        if kind == "!" then error(after, 0) end
        for i = 1, count do
          if type(given[i]) == "table" and type(after) == "table" and type(after[i]) == "table" then
            for name in pairs(given[i]) do given[i][name] = nil end
            for name, item in pairs(after[i]) do given[i][name] = item end
          end
        end
        if type(value) ~= "table" then return value end
        return table.unpack(value, 1, value.n)
      end
    end
  end
end
function xcoder_done() xcoder_line("$") end
end
{stubs}
{tests}
xcoder_done()
