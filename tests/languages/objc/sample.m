// A file comment: documents nothing.

#import <Foundation/Foundation.h>
#import "Shape.h"
@import UIKit;

#define LIMIT 10

@class Forward;

typedef void (^Completion)(BOOL done, NSError *error);

typedef struct {
    double width;
    double height;
} Extent;

/// Can be drawn.
@protocol Drawable <NSObject>
/// Draws.
- (void)drawIn:(CGContextRef)context;
@optional
+ (instancetype)placeholder;
@end

/** A shape. */
@interface Shape : NSObject <Drawable> {
    int _level;
}
@property (nonatomic, copy) NSString *name;
- (instancetype)initWithName:(NSString *)name sides:(NSInteger)sides;
@end

@interface Shape ()
@property (nonatomic) NSInteger sides;
@end

@implementation Shape

@synthesize name = _name;

static NSInteger count = 0x1F;

// Makes a shape
// of that many sides.
- (instancetype)initWithName:(NSString *)name sides:(NSInteger)sides {
    if (self = [super init]) {
        _name = [name copy];
        self.sides = sides;
    }
    return self;
}

+ (instancetype)placeholder {
    static dispatch_once_t token;
    return [[self alloc] initWithName:@"none" sides:LIMIT];
}

- (void)drawIn:(CGContextRef)context {
    @try {
        [self.items enumerateObjectsUsingBlock:^(id item, NSUInteger index, BOOL *stop) {
            NSLog(@"%@ at %lu\n", item, index);
        }];
    } @catch (NSException *exception) {
        @throw;
    }
    void (^finish)(BOOL) = ^(BOOL done) {
        [self notify:@selector(drawIn:)];
    };
    self.handler = ^(int value) { return value * 2; };
    finish(YES);
}

static inline double area(Extent extent) {
    return extent.width * extent.height + 1e-3 + 'a';
}

- (NSDictionary *)description { return @{ @"name" : self.name, @"list" : @[ @1, @(count) ] }; }

@end

@implementation Shape (Testing)

- (BOOL)isEmpty { return self.sides == 0 || nil == NULL; }

@end

NS_INLINE NSString *label(Shape *shape) {
    return shape.name;
}

int main(int argc, const char *argv[]) {
    @autoreleasepool {
        return (int)area((Extent){ 1.0, 2.0 });
    }
}

int broken(int x) {
    return x +;
}

int after(int x) {
    return x;
}
