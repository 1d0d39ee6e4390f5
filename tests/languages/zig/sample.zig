//! Module documentation: documents no snippet.

const std = @import("std");
const Allocator = std.mem.Allocator;

// An ordinary comment does not document Zig.
pub const limit: usize = 0x1F;

/// A point in the plane.
///
/// Distances are in metres.
pub const Point = struct {
    x: f64 = 0.0,
    y: f64,

    const Self = @This();

    /// Makes a point.
    pub fn init(x: f64, y: f64) Self {
        return .{ .x = x, .y = y };
    }

    pub inline fn length(self: *const Self) f64 {
        return @sqrt(self.x * self.x + self.y * self.y) + 1e-3;
    }

    const Inner = enum { a, b };
};

const Colour = enum(u8) {
    red = 1,
    green,
    _,

    fn isRed(self: Colour) bool {
        return self == .red;
    }
};

const Value = union(enum) {
    int: i64,
    text: []const u8,
    none,
};

const Handle = opaque {
    extern fn close(handle: *Handle) void;
};

pub const ShapeError = error{ Empty, TooLarge };

/// A generic list.
pub fn List(comptime T: type) type {
    return struct {
        items: []T,

        pub fn first(self: @This()) ?T {
            return if (self.items.len > 0) self.items[0] else null;
        }
    };
}

extern "c" fn strlen(text: [*c]const u8) usize;

export fn area(width: f64, height: f64) callconv(.C) f64 {
    return width * height;
}

fn parse(allocator: Allocator, text: []const u8) ShapeError!Value {
    errdefer std.debug.print("failed {s}\n", .{text});
    var buffer: [16]u8 = undefined;
    const multi =
        \\first line
        \\second line
    ;
    outer: for (text, 0..) |char, i| {
        switch (char) {
            'a'...'z' => continue :outer,
            '\n' => break,
            else => buffer[i % 16] = char,
        }
    }
    _ = allocator.dupe(u8, multi) catch unreachable;
    return if (text.len == 0) error.Empty else .{ .text = text };
}

test "area is a product" {
    try std.testing.expect(area(2, 3) == 6);
}

test parse {
    const Local = struct {
        fn check(@"quoted name": bool) !void {
            if (!@"quoted name") return error.Empty;
        }
    };
    try Local.check(true);
}

fn broken(x: u32) u32 {
    return x +;
}

fn after(x: u32) u32 {
    return x;
}
