{code}

local function xcoder_show(value, depth)
  if depth > 30 then error("unprintable") end
  local kind = math.type(value) or type(value)
  if kind == "nil" then return "null" end
  if kind == "boolean" or kind == "integer" then return tostring(value) end
  if kind == "float" then return value ~= value and "NaN" or value == math.huge and "Infinity" or value == -math.huge and "-Infinity" or string.format("%.17g", value) end
  if kind == "string" then return '"' .. value:gsub('["\\\0-\31\127-\255]', function(c) return (c == '"' or c == "\\") and "\\" .. c or string.format("\\x%02x", c:byte()) end) .. '"' end
  if kind ~= "table" then error("unprintable: " .. kind) end
  local count, items = 0, {}
  for _ in pairs(value) do count = count + 1 end
  if count == #value then
    for i = 1, count do items[i] = xcoder_show(value[i], depth + 1) end
    return "[" .. table.concat(items, ",") .. "]"
  end
  for key, item in pairs(value) do items[#items + 1] = "[" .. xcoder_show(key, depth + 1) .. "," .. xcoder_show(item, depth + 1) .. "]" end
  return "M[" .. table.concat(items, ",") .. "]"
end

local function xcoder_line(text)
  io.stdout:write("\n{secret} ", text, "\n")
  io.stdout:flush()
end

local function xcoder_call(index, target, arguments)
  if index < tonumber(os.getenv("XCODER_FROM") or "0") then return end
  xcoder_line("@ " .. index)
  local fine, result = pcall(function()
    local results = table.pack(target(table.unpack(arguments)))
    if results.n == 2 and results[1] == nil and type(results[2]) == "string" then error(results[2], 0) end
    local shown = {}
    for i = 1, #arguments do shown[i] = xcoder_show(arguments[i], 1) end
    local text = "null"
    if results.n == 1 then text = xcoder_show(results[1], 0) elseif results.n > 1 then
      local all = {}
      for i = 1, results.n do all[i] = xcoder_show(results[i], 1) end
      text = "[" .. table.concat(all, ",") .. "]"
    end
    return "= " .. index .. " " .. text .. "\t[" .. table.concat(shown, ",") .. "]"
  end)
  xcoder_line(fine and result or "! " .. index .. " " .. tostring(result):gsub("[^ -~]+", " "):sub(1, 200))
end

{calls}
xcoder_line("$")
