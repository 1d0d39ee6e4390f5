@@common
module XCoderWire
  INPUT = IO.new(9, 'rb')

  def self.show(value, depth = 0)
    raise ArgumentError, 'unprintable' if depth > 60
    case
    when nil.equal?(value) then 'n'
    when true.equal?(value) then 't'
    when false.equal?(value) then 'f'
    when Integer === value then "i#{value};"
    when Float === value then "d#{value};"
    when String === value then (value.encoding == Encoding::BINARY && !value.ascii_only? ? 'b' : 's') + value.unpack1('H*') + ';'
    when Symbol === value then 'y' + value.to_s.unpack1('H*') + ';'
    when value.instance_of?(Array) then "l#{value.length};" + value.map { |item| show(item, depth + 1) }.join
    when value.instance_of?(Hash) then "m#{value.length};" + value.map { |key, item| show(key, depth + 1) + show(item, depth + 1) }.join
    when defined?(::Set) && value.instance_of?(::Set) then "e#{value.length};" + value.map { |item| show(item, depth + 1) }.join
    else raise ArgumentError, 'unprintable'
    end
  end

  def self.read(text, at)
    tag = text[at]
    at += 1
    return [{ 't' => true, 'f' => false }[tag], at] if 'nvtf'.include?(tag)
    finish = text.index(';', at)
    digits = text[at...finish]
    at = finish + 1
    case tag
    when 'i', 'c' then return [digits.to_i, at]
    when 'd' then return [{ 'NaN' => Float::NAN, 'Infinity' => Float::INFINITY, '-Infinity' => -Float::INFINITY }[digits] || digits.to_f, at]
    when 's' then return [[digits].pack('H*').force_encoding('UTF-8'), at]
    when 'y' then return [[digits].pack('H*').force_encoding('UTF-8').to_sym, at]
    when 'b' then return [[digits].pack('H*'), at]
    end
    items = []
    (digits.to_i * (tag == 'm' ? 2 : 1)).times do
      item, at = read(text, at)
      items << item
    end
    [tag == 'm' ? Hash[*items] : tag == 'e' ? items.to_set : items, at]
  end

  def self.line(text)
    $stdout.flush
    STDOUT.syswrite("\n{secret} #{text}\n")
  end
end

@@answer
require 'set'
{code}
{common}
XCODER_TABLE = { {entries} }
while (parts = XCoderWire::INPUT.gets)
  index, key, wire = parts.split
  begin
    (arguments, named), = XCoderWire.read(wire, 0)
    result = XCODER_TABLE[key].call(*arguments, **named)
    after = XCoderWire.show(arguments)
  rescue StandardError, NotImplementedError, SystemStackError => error
    XCoderWire.line("! #{index} s#{error.class.name.to_s.unpack1('H*')}; s#{error.message.to_s[0, 2000].unpack1('H*')};")
    next
  end
  begin
    shown = XCoderWire.show(result)
  rescue StandardError
    XCoderWire.line("# #{index}")
    next
  end
  XCoderWire.line("= #{index} #{shown} #{after}")
end

@@judge
require 'set'
{common}
module XCoderWire
  # Errors that tests see as errors. What ends a program or a loop, or tells a test framework to skip, would pass them: it becomes another.
  ERRORS = ObjectSpace.each_object(Class).select { |type| type <= StandardError && !(type <= StopIteration) && type.name }.to_h { |type| [type.name, type] }.freeze

  def self.refuse(reason)
    line("# #{reason}")
    exit!(3)
  end

  def self.fresh(key)
    key.split('.').each do |name|
      refuse("the answer redefines '#{name}'") if Object.private_method_defined?(name) || Object.method_defined?(name) || (name =~ /\A[A-Z]/ && Object.const_defined?(name))
    end
  end

  def self.ask(key, arguments, named, block)
    refuse('the tests pass a block') if block
    begin
      shown = 'l2;' + show(arguments) + show(named)
    rescue ArgumentError
      refuse('the tests pass something that is no value')
    end
    line("? #{key} #{shown}")
    kind, value, after = INPUT.gets.split
    value, = read(value, 0)
    after, = read(after, 0)
    if kind == '!'
      raise(ERRORS[value] || StandardError, after)
    end
    arguments.zip(after || []).each { |before, now| before.replace(now) if (before.is_a?(Array) || before.is_a?(Hash) || before.is_a?(String)) && before.class == now.class && !before.frozen? && before != now }
    value
  end
end
{stubs}
{tests}
XCoderWire.line('$')
