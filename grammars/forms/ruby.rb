@@before
# Runs tests written for Minitest, Test::Unit and RSpec where these are not installed.
module Minitest
  class Assertion < Exception; end
  class Skip < Assertion; end

  def self.autorun; end

  # The assertions of Minitest and of Test::Unit.
  module Assertions
    # What holds when the assertion passes. A message may follow the arguments.
    XCODER_CHECKS = {
      equal: ->(expected, actual) { expected == actual },
      same: ->(expected, actual) { expected.equal?(actual) },
      nil: ->(object) { object.nil? },
      true: ->(object) { object == true },
      false: ->(object) { object == false },
      boolean: ->(object) { [true, false].include?(object) },
      empty: ->(object) { object.empty? },
      includes: ->(collection, item) { collection.include?(item) },
      instance_of: ->(type, object) { object.instance_of?(type) },
      kind_of: ->(type, object) { [*type].any? { |each| object.is_a?(each) } },
      match: ->(pattern, text) { Regexp.new(pattern.is_a?(String) ? Regexp.escape(pattern) : pattern).match?(text) },
      in_delta: ->(expected, actual, delta = 0.001) { (expected - actual).abs <= delta },
      in_epsilon: lambda { |expected, actual, epsilon = 0.001|
        (expected - actual).abs <= [expected.abs, actual.abs].min * epsilon
      },
      operator: ->(left, operator, *right) { left.public_send(operator, *right) },
      predicate: ->(object, predicate) { object.public_send(predicate) },
      respond_to: ->(object, method) { object.respond_to?(method) },
      path_exists: ->(path) { File.exist?(path) }
    }.freeze

    XCODER_CHECKS.each do |name, check|
      most = name == :operator ? 3 : check.parameters.size
      { "assert_#{name}" => true, "refute_#{name}" => false }.each do |method, wanted|
        define_method(method) do |*arguments|
          given = arguments.first(most)
          xcoder_check(!!check.call(*given) == wanted, arguments[most]) do
            "#{method}(#{given.map(&:inspect).join(', ')}) failed"
          end
        end
      end
    end

    {
      assert_include: :assert_includes, assert_not_include: :refute_includes, assert_not_includes: :refute_includes,
      assert_no_match: :refute_match, assert_not_match: :refute_match, assert_compare: :assert_operator,
      assert_path_exist: :assert_path_exists
    }.each { |name, other| alias_method name, other }
    %i[equal same nil empty instance_of kind_of in_delta in_epsilon operator predicate respond_to].each do |name|
      alias_method "assert_not_#{name}", "refute_#{name}"
    end

    def xcoder_check(passed, message = nil)
      return true if passed

      message = message.call if message.respond_to?(:call)
      raise Minitest::Assertion, [message, yield].compact.join(": ")
    end

    def assert(value = nil, message = nil)
      value = yield if block_given?
      xcoder_check(value, message) { "Expected #{value.inspect} to be truthy." }
    end
    alias assert_block assert

    def refute(value, message = nil)
      xcoder_check(!value, message) { "Expected #{value.inspect} to not be truthy." }
    end
    alias assert_not refute

    def flunk(message = "Epic Fail!")
      raise Minitest::Assertion, message
    end

    def pass(_message = nil)
      true
    end

    def skip(message = "skipped", *)
      raise Minitest::Skip, message
    end
    alias omit skip
    alias pend skip

    def assert_raises(*types)
      message = types.pop if types.last.is_a?(String)
      types = [StandardError] if types.empty?
      begin
        yield
      rescue *types => error
        return error
      rescue Minitest::Assertion, SignalException
        raise
      rescue Exception => error
        flunk([message, "#{types.inspect} expected, not #{error.inspect}"].compact.join(": "))
      end
      flunk([message, "#{types.inspect} expected but nothing was raised."].compact.join(": "))
    end
    alias assert_raise assert_raises
    alias assert_raise_kind_of assert_raises

    def assert_raise_with_message(type, expected, message = nil, &block)
      error = assert_raises(type, &block)
      xcoder_check(expected === error.message, message) { "#{expected.inspect} expected, not #{error.message.inspect}" }
      error
    end

    def assert_raise_message(expected, message = nil, &block)
      assert_raise_with_message(StandardError, expected, message, &block)
    end

    def assert_nothing_raised(*)
      yield
    end

    def assert_throws(tag, message = nil)
      thrown = true
      value = catch(tag) do
        yield(tag)
        thrown = false
      end
      xcoder_check(thrown, message) { "Expected #{tag.inspect} to have been thrown" }
      value
    end
    alias assert_throw assert_throws

    def assert_output(out = nil, err = nil, &block)
      capture_io(&block).zip([out, err]) do |written, expected|
        xcoder_check(expected.nil? || expected === written) { "#{expected.inspect} expected, not #{written.inspect}" }
      end
    end

    def assert_silent(&block)
      assert_output("", "", &block)
    end

    def capture_io
      require "stringio"
      outside = [$stdout, $stderr]
      $stdout = StringIO.new
      $stderr = StringIO.new
      yield
      [$stdout.string, $stderr.string]
    ensure
      $stdout, $stderr = outside
    end
    alias capture_output capture_io
  end
end
MiniTest = Minitest

# A matcher of RSpec: a description and what holds of a value (or block) that matches.
class XcoderMatcher
  attr_reader :description, :note

  def initialize(description, *arguments, &test)
    @description = [description, arguments.map(&:inspect).join(", ")].reject(&:empty?).join(" ")
    @test = test
  end

  def matches?(actual)
    @test.call(actual)
  end
  alias === matches?

  def inspect
    "(#{description})"
  end

  def and(other)
    XcoderMatcher.new("#{description} and #{other.description}") { |actual| matches?(actual) && other.matches?(actual) }
  end
  alias & and

  def or(other)
    XcoderMatcher.new("#{description} or #{other.description}") { |actual| matches?(actual) || other.matches?(actual) }
  end
  alias | or

  # Whether a value is what a test expects: a value, a type, a pattern or a matcher.
  def self.same?(expected, actual)
    if expected.is_a?(Hash) && actual.is_a?(Hash)
      expected.size == actual.size && expected.all? { |key, value| actual.key?(key) && same?(value, actual[key]) }
    elsif expected.is_a?(Array) && actual.is_a?(Array)
      expected.size == actual.size && expected.zip(actual).all? { |pair| same?(*pair) }
    else
      expected == actual || expected === actual
    end
  end
end

class XcoderBe < XcoderMatcher
  %i[< > <= >= == != =~].each do |operator|
    define_method(operator) do |other|
      XcoderMatcher.new("be #{operator}", other) { |actual| actual.public_send(operator, other) }
    end
  end
end

class XcoderChange < XcoderMatcher
  def initialize(object = nil, attribute = nil, &value)
    value ||= -> { object.public_send(attribute) }
    @conditions = []
    super("change") do |block|
      before = value.call
      before = before.dup if before.respond_to?(:each) || before.is_a?(String)
      block.call
      after = value.call
      @note = "it was #{before.inspect} and is #{after.inspect}"
      @conditions.empty? ? before != after : @conditions.all? { |condition| condition.call(before, after) }
    end
  end

  {
    from: ->(value, before, _after) { XcoderMatcher.same?(value, before) },
    to: ->(value, _before, after) { XcoderMatcher.same?(value, after) },
    by: ->(value, before, after) { XcoderMatcher.same?(value, after - before) },
    by_at_least: ->(value, before, after) { after - before >= value },
    by_at_most: ->(value, before, after) { after - before <= value }
  }.each do |name, condition|
    define_method(name) do |value|
      @description += " #{name} #{value.inspect}"
      @conditions << condition.curry[value]
      self
    end
  end
end

class XcoderRaiseError < XcoderMatcher
  attr_writer :block

  def initialize(type = Exception, message = nil, &block)
    type, message = Exception, type unless type.is_a?(Module)
    @message = message
    @block = block
    super("raise_error", *[type, message].compact) { |body| raised?(type, body) }
  end

  def with_message(message)
    @message = message
    self
  end

  private

  def raised?(type, body)
    @note = "nothing was raised"
    body.call
    false
  rescue Minitest::Assertion
    raise
  rescue Exception => error
    @note = "it raised #{error.inspect}"
    return false unless error.is_a?(type) && (@message.nil? || XcoderMatcher.same?(@message, error.message))

    @block&.call(error)
    true
  end
end

# What expect(value), expect { block } and _(value) return.
class XcoderExpectation
  include Minitest::Assertions

  def initialize(target)
    @target = target
  end

  def to(matcher = nil, message = nil, &block)
    xcoder_judge(true, matcher, message, &block)
  end

  def not_to(matcher = nil, message = nil, &block)
    xcoder_judge(false, matcher, message, &block)
  end
  alias to_not not_to

  # Assertions that take the value first, and those that take it after the first argument.
  XCODER_VALUE_FIRST = {
    be: :operator, be_nil: :nil, be_empty: :empty, include: :includes, respond_to: :respond_to
  }.freeze
  XCODER_VALUE_SECOND = {
    equal: :equal, be_same_as: :same, match: :match, be_instance_of: :instance_of, be_kind_of: :kind_of, be_a: :kind_of,
    be_close_to: :in_delta, be_within_delta: :in_delta, be_within_epsilon: :in_epsilon
  }.freeze

  { "must" => "assert", "wont" => "refute" }.each do |word, assertion|
    XCODER_VALUE_FIRST.each do |name, check|
      define_method("#{word}_#{name}") { |*arguments| send("#{assertion}_#{check}", @target, *arguments) }
    end
    XCODER_VALUE_SECOND.each do |name, check|
      define_method("#{word}_#{name}") do |first, *arguments|
        send("#{assertion}_#{check}", first, @target, *arguments)
      end
    end
  end

  { must_raise: :assert_raises, must_output: :assert_output, must_throw: :assert_throws, must_be_silent: :assert_silent }
    .each do |name, assertion|
      define_method(name) { |*arguments| send(assertion, *arguments, &@target) }
    end

  private

  def xcoder_judge(wanted, matcher, message, &block)
    matcher.block = block if block && matcher.is_a?(XcoderRaiseError)
    passed = matcher.matches?(@target)
    xcoder_check(!!passed == wanted, message) do
      shown = @target.is_a?(Proc) ? "the block" : @target.inspect
      text = "expected #{shown} #{wanted ? 'to' : 'not to'} #{matcher.description}"
      note = matcher.note if matcher.respond_to?(:note)
      [text, note].compact.join(": ")
    end
  end
end

class Object
  XcoderExpectation.public_instance_methods(false).grep(/\A(?:must|wont)_/).each do |name|
    define_method(name) { |*arguments| XcoderExpectation.new(self).public_send(name, *arguments) }
  end
end

module RSpec
  def self.configure
    yield XcoderSettings.new
  end

  module Expectations
    ExpectationNotMetError = Minitest::Assertion
  end

  module Matchers
    def eq(expected)
      XcoderMatcher.new("eq", expected) { |actual| actual == expected }
    end

    def eql(expected)
      XcoderMatcher.new("eql", expected) { |actual| actual.eql?(expected) }
    end

    def equal(expected)
      XcoderMatcher.new("equal", expected) { |actual| actual.equal?(expected) }
    end

    def be(*expected)
      return equal(*expected) unless expected.empty?

      XcoderBe.new("be truthy") { |actual| actual }
    end

    def be_truthy
      XcoderMatcher.new("be truthy") { |actual| actual }
    end

    def be_falsey
      XcoderMatcher.new("be falsey") { |actual| !actual }
    end
    alias be_falsy be_falsey

    def be_nil
      XcoderMatcher.new("be nil", &:nil?)
    end

    def be_a(type)
      XcoderMatcher.new("be a", type) { |actual| actual.is_a?(type) }
    end
    %i[be_an be_kind_of be_a_kind_of a_kind_of kind_of].each { |name| alias_method name, :be_a }

    def be_instance_of(type)
      XcoderMatcher.new("be an instance of", type) { |actual| actual.instance_of?(type) }
    end
    %i[be_an_instance_of an_instance_of instance_of].each { |name| alias_method name, :be_instance_of }

    XcoderWithin = Struct.new(:delta) do
      def of(expected)
        XcoderMatcher.new("be within #{delta} of", expected) { |actual| (actual - expected).abs <= delta }
      end

      def percent_of(expected)
        XcoderWithin.new(expected.abs * delta / 100.0).of(expected)
      end
    end

    def be_within(delta)
      XcoderWithin.new(delta)
    end
    alias a_value_within be_within

    def be_between(low, high)
      XcoderMatcher.new("be between", low, high) { |actual| actual.between?(low, high) }
    end

    def include(*items)
      XcoderMatcher.new("include", *items) { |actual| items.all? { |item| xcoder_include?(actual, item) } }
    end
    %i[a_string_including a_hash_including a_collection_including hash_including array_including].each do |name|
      alias_method name, :include
    end

    def match(expected)
      XcoderMatcher.new("match", expected) do |actual|
        actual.is_a?(String) ? actual.match?(expected) : XcoderMatcher.same?(expected, actual)
      end
    end
    alias a_string_matching match

    def contain_exactly(*items)
      XcoderMatcher.new("contain exactly", *items) do |actual|
        left = actual.to_a.dup
        left.size == items.size && items.all? do |item|
          index = left.index { |other| XcoderMatcher.same?(item, other) }
          index && (left.delete_at(index) || true)
        end
      end
    end
    alias a_collection_containing_exactly contain_exactly

    def match_array(items)
      contain_exactly(*items)
    end

    def all(matcher)
      XcoderMatcher.new("all #{matcher.description}") { |actual| actual.all? { |item| matcher.matches?(item) } }
    end

    def start_with(*parts)
      XcoderMatcher.new("start with", *parts) do |actual|
        actual.is_a?(String) ? actual.start_with?(*parts) : actual.first(parts.size) == parts
      end
    end

    def end_with(*parts)
      XcoderMatcher.new("end with", *parts) do |actual|
        actual.is_a?(String) ? actual.end_with?(*parts) : actual.last(parts.size) == parts
      end
    end

    def have_attributes(attributes)
      XcoderMatcher.new("have attributes", attributes) do |actual|
        attributes.all? { |name, value| actual.respond_to?(name) && XcoderMatcher.same?(value, actual.public_send(name)) }
      end
    end

    def respond_to(*names)
      XcoderMatcher.new("respond to", *names) { |actual| names.all? { |name| actual.respond_to?(name) } }
    end

    def satisfy(description = "satisfy the block", &block)
      XcoderMatcher.new(description, &block)
    end

    def cover(*values)
      XcoderMatcher.new("cover", *values) { |actual| values.all? { |value| actual.cover?(value) } }
    end

    def exist(*arguments)
      XcoderMatcher.new("exist") { |actual| actual.exist?(*arguments) }
    end

    def anything
      XcoderMatcher.new("anything") { true }
    end

    def raise_error(*arguments, &block)
      XcoderRaiseError.new(*arguments, &block)
    end
    alias raise_exception raise_error

    def throw_symbol(tag)
      XcoderMatcher.new("throw", tag) do |block|
        thrown = true
        catch(tag) do
          block.call
          thrown = false
        end
        thrown
      end
    end

    def change(*arguments, &block)
      XcoderChange.new(*arguments, &block)
    end

    XcoderOutput = Struct.new(:expected, :capture) do
      def to_stdout
        stream(0, "stdout")
      end

      def to_stderr
        stream(1, "stderr")
      end

      def stream(index, name)
        XcoderMatcher.new("output to #{name}", expected) do |block|
          written = capture.call(&block)[index]
          expected.nil? ? !written.empty? : XcoderMatcher.same?(expected, written)
        end
      end
    end

    def output(expected = nil)
      XcoderOutput.new(expected, method(:capture_io))
    end

    def yield_control
      xcoder_yields("yield control") { |yields| yields.any? }
    end

    def yield_with_args(*expected)
      xcoder_yields("yield with", *expected) do |yields|
        yields.any? && yields.all? { |values| expected.empty? || XcoderMatcher.same?(expected, values) }
      end
    end

    def yield_with_no_args
      xcoder_yields("yield with no arguments") { |yields| yields.any? && yields.all?(&:empty?) }
    end

    def yield_successive_args(*expected)
      xcoder_yields("yield successively", *expected) do |yields|
        XcoderMatcher.same?(expected, yields.map { |values| values.size > 1 ? values : values.first })
      end
    end

    # be_empty asks empty?, have_key asks has_key?.
    def method_missing(name, *arguments, &block)
      predicate = xcoder_predicate(name)
      return super unless predicate

      XcoderMatcher.new(name.to_s, *arguments) { |actual| actual.public_send(predicate, *arguments, &block) }
    end

    def respond_to_missing?(name, all = false)
      !xcoder_predicate(name).nil? || super
    end

    private

    def xcoder_predicate(name)
      case name
      when /\Abe_(?:an?_)?(\w+)\z/ then "#{$1}?"
      when /\Ahave_(\w+)\z/ then "has_#{$1}?"
      end
    end

    def xcoder_include?(actual, item)
      if actual.is_a?(Hash) && item.is_a?(Hash)
        item.all? { |key, value| actual.key?(key) && XcoderMatcher.same?(value, actual[key]) }
      elsif actual.is_a?(Hash)
        actual.keys.any? { |key| XcoderMatcher.same?(item, key) }
      elsif actual.is_a?(String)
        item.is_a?(Regexp) ? item.match?(actual) : actual.include?(item)
      else
        actual.any? { |each| XcoderMatcher.same?(item, each) }
      end
    end

    def xcoder_yields(*description)
      XcoderMatcher.new(*description) do |block|
        yields = []
        block.call(proc { |*values| yields << values })
        yield yields
      end
    end
  end
end

# Takes whatever RSpec.configure sets.
class XcoderSettings < BasicObject
  def method_missing(*)
    yield self if ::Kernel.block_given?
    self
  end

  def respond_to_missing?(*)
    true
  end
end

# What was found, and its run.
module XcoderTests
  GROUPS = []
  SHARED = {}
  KNOWN_METHODS = Object.private_instance_methods(false) + Object.public_instance_methods(false)

  def self.describe(parent, subject, &block)
    group = Class.new(parent)
    group.described_class = subject if subject.is_a?(Module)
    group.class_exec(&block) if block
    group
  end

  def self.run(main)
    ran = GROUPS.sum(&:xcoder_run) + run_plain_methods(main)
    GROUPS.reverse_each(&:xcoder_finish)
    raise "no test was run" if ran.zero?
  rescue SystemExit => error
    raise "a test ended the program: #{error.inspect}"
  end

  def self.run_plain_methods(main)
    methods = Object.private_instance_methods(false) + Object.public_instance_methods(false) - KNOWN_METHODS
    names = methods.grep(/\Atest_/).select { |name| [0, -1].include?(main.method(name).arity) }
    main.extend(Minitest::Assertions) unless main.respond_to?(:assert_equal, true) || main.respond_to?(:assert, true)
    names.count do |name|
      main.send(name)
      true
    rescue Minitest::Skip
      false
    end
  end
end

class Minitest::Test
  include Minitest::Assertions
  include RSpec::Matchers

  attr_reader :name

  def initialize(name = nil)
    @name = name
  end

  def setup; end

  def teardown; end

  def expect(*value, &block)
    XcoderExpectation.new(value.empty? ? block : value.first)
  end
  alias _ expect
  alias value expect

  def described_class
    self.class.described_class
  end

  def subject
    @xcoder_subject ||= described_class.is_a?(Class) ? described_class.new : described_class
  end

  def is_expected
    expect(subject)
  end

  def should(matcher)
    is_expected.to(matcher)
  end

  def should_not(matcher)
    is_expected.not_to(matcher)
  end

  def aggregate_failures(*)
    yield
  end

  def pending(message = "pending")
    skip(message)
  end

  class << self
    attr_writer :described_class

    def inherited(group)
      super
      XcoderTests::GROUPS << group
    end

    def described_class
      @described_class || (superclass.described_class if superclass.respond_to?(:described_class))
    end

    # ---- Declaring tests ----

    def describe(subject = nil, *_, &block)
      XcoderTests.describe(self, subject, &block)
    end
    %i[context fdescribe fcontext sub_test_case].each { |name| alias_method name, :describe }

    def xdescribe(*); end
    alias xcontext xdescribe

    def it(name = "", *tags, **options, &block)
      left_out = block.nil? || options[:skip] || options[:pending] || (tags & %i[skip pending]).any?
      xcoder_examples << [name, block] unless left_out
    end
    %i[specify example fit test].each { |name| alias_method name, :it }

    def xit(*); end
    %i[xspecify xexample pending skip].each { |name| alias_method name, :xit }

    def let(name, &block)
      define_method(name) do
        @xcoder_values ||= {}
        @xcoder_values.fetch(name) { @xcoder_values[name] = instance_exec(&block) }
      end
    end

    def let!(name, &block)
      let(name, &block)
      before { send(name) }
    end

    def subject(name = nil, &block)
      let(:subject, &block)
      define_method(name) { subject } if name
    end

    def subject!(name = nil, &block)
      subject(name, &block)
      before { subject }
    end

    def before(scope = :each, *_, &block)
      (xcoder_all?(scope) ? xcoder_hooks[:before_all] : xcoder_hooks[:before]) << block
    end
    alias setup before

    def after(scope = :each, *_, &block)
      (xcoder_all?(scope) ? xcoder_hooks[:after_all] : xcoder_hooks[:after]) << block
    end
    alias teardown after

    def around(*, &block)
      xcoder_hooks[:around] << block
    end

    def shared_examples(name, &block)
      XcoderTests::SHARED[name] = block
    end
    alias shared_examples_for shared_examples
    alias shared_context shared_examples

    def include_examples(name, *arguments, &block)
      class_exec(*arguments, &XcoderTests::SHARED.fetch(name))
      class_exec(&block) if block
    end
    alias include_context include_examples

    def it_behaves_like(name, *arguments, &block)
      describe { include_examples(name, *arguments, &block) }
    end
    alias it_should_behave_like it_behaves_like

    %i[parallelize_me! make_my_diffs_pretty! i_suck_and_my_tests_are_order_dependent! test_order=].each do |name|
      define_method(name) { |*| }
    end

    # ---- Running them ----

    def xcoder_examples
      @xcoder_examples ||= []
    end

    def xcoder_hooks
      @xcoder_hooks ||= Hash.new { |hooks, kind| hooks[kind] = [] }
    end

    def xcoder_all?(scope)
      %i[all context suite].include?(scope)
    end

    # Hooks of this group and of those it stands in, from the outside in.
    def xcoder_all_hooks(kind)
      outer = superclass.respond_to?(:xcoder_all_hooks) ? superclass.xcoder_all_hooks(kind) : []
      outer + xcoder_hooks[kind]
    end

    # The object on which before(:all) was run: tests begin with its variables.
    def xcoder_shared
      @xcoder_shared ||= new.tap do |shared|
        superclass.xcoder_shared.xcoder_copy_to(shared) if superclass.respond_to?(:xcoder_shared)
        startup if respond_to?(:startup)
        xcoder_hooks[:before_all].each { |hook| shared.instance_exec(&hook) }
      end
    end

    # Runs the tests of this group (not of nested ones); returns how many ran.
    def xcoder_run
      methods = public_instance_methods.grep(/\Atest_/).map { |name| [name, ->(*) { send(name) }] }
      (methods + xcoder_examples).count do |name, body|
        test = new(name)
        xcoder_shared.xcoder_copy_to(test)
        test.xcoder_run(&body)
      end
    end

    def xcoder_finish
      return unless @xcoder_shared

      xcoder_hooks[:after_all].reverse_each { |hook| @xcoder_shared.instance_exec(&hook) }
      shutdown if respond_to?(:shutdown)
    end
  end

  def xcoder_copy_to(other)
    (instance_variables - other.instance_variables).each do |variable|
      other.instance_variable_set(variable, instance_variable_get(variable))
    end
  end

  # Runs the body with the hooks around it; false if it was skipped.
  def xcoder_run(&body)
    inner = proc { xcoder_run_hooked(&body) }
    self.class.xcoder_all_hooks(:around).reverse_each do |hook|
      inside = inner
      inside.define_singleton_method(:run) { call }
      inner = proc { instance_exec(inside, &hook) }
    end
    inner.call
    true
  rescue Minitest::Skip
    false
  end

  private

  def xcoder_run_hooked(&body)
    setup
    self.class.xcoder_all_hooks(:before).each { |hook| instance_exec(self, &hook) }
    instance_exec(self, &body)
  ensure
    self.class.xcoder_all_hooks(:after).reverse_each { |hook| instance_exec(self, &hook) }
    teardown
  end
end

class Minitest::Spec < Minitest::Test; end

module Minitest::Unit
  TestCase = Minitest::Test
end

module Test
  module Unit
    Assertions = Minitest::Assertions
    AssertionFailedError = Minitest::Assertion
    class TestCase < Minitest::Test; end
  end
end

module XcoderDescribe
  def describe(subject = nil, *_, &block)
    XcoderTests.describe(Minitest::Spec, subject, &block)
  end
  %i[context fdescribe].each { |name| alias_method name, :describe }

  def xdescribe(*); end

  def shared_examples(name, &block)
    Minitest::Test.shared_examples(name, &block)
  end
  alias shared_examples_for shared_examples
  alias shared_context shared_examples
end
extend XcoderDescribe
RSpec.extend XcoderDescribe
@@after
XcoderTests.run(self)
