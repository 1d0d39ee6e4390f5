import Foundation
import struct UIKit.CGPoint
@testable import Shapes

let limit = 0x1F + 0b11 + 0o17 + 1_000

/// A shape.
///
/// - Parameter T: unit of its sides
@MainActor
open class Shape<T: Numeric>: Base, Named where T: Comparable {
    @Published private var name: String? = nil
    /// Doubles a number.
    let twice: (Int) -> Int = { x in x * 2 }
    static let half = { (x: Int) -> Int in return x / 2 }
    lazy var total = { [weak self] in self?.size }

    /// Makes one.
    public init(sides: [T], _ scale: Double = 1.5e3) throws {
        self.sides = sides
    }

    convenience init?(count: Int) { nil }

    deinit {
        close()
    }

    /// Its area.
    @discardableResult
    @available(iOS 13, *)
    public func area(of other: Shape<T>, by scale: Double...) async throws -> Double {
        func local(_ x: Int) -> Int { x + 1 }
        let text = "\(name!) of \(sides.map { "\($0)cm" }) and \n"
        let raw = #"raw "\#(text)" text"#
        let long = """
            many \(text)
            lines
            """
        guard let size = other.size, size > 0 else { return 0 }
        #if DEBUG
        print(text)
        #endif
        return try await fetch { data, _ in data }
    }

    var size: Int { sides.count * 2 }

    var both: Int {
        get { return size }
        set(value) { size = value }
    }

    var watched: Int = 1 {
        willSet { print(newValue) }
        didSet { print(oldValue) }
    }

    subscript(index: Int) -> T {
        sides[index]
    }

    static func == (left: Shape, right: Shape) -> Bool { left === right }

    class Inner { func id() -> Self { self } }
}

protocol Named {
    associatedtype Unit
    var name: String { get }
    init(name: String)
    /// Text of it.
    func text(upper: Bool) -> String
}

/// Members of strings.
extension String: Named where Element: Hashable {
    func shout() -> String { uppercased() + "!" }
    enum Mode { case loud }
}

struct Point { var x, y: Double; mutating func move(by d: Double) { x += d } }

/// Colours.
enum Colour: String, CaseIterable {
    case red = "r", green
    indirect case mixed(Colour, Colour)
    var label: String { switch self { case .red: return "R"; default: return "?" } }
}

actor Counter { private(set) var count = 0; func add() { count += 1 } }

typealias Handler = (Event) -> Void

prefix operator √
prefix func √ (x: Double) -> Double { x.squareRoot() }

let parse: (String) -> Int? = { text in Int(text) }
func inferred<S>(_ s: inout S, then: @escaping () -> Void) -> some View where S: Sequence { then() }

final class ShapeTests: XCTestCase {
    func testArea() throws { XCTAssertEqual(1, 1) }
    @Test func named() { #expect(true) }
}

func broken(x: Int {
    return x +
}

/// Still found.
func after(x: Int) -> Int { x }
